import { describe, expect, test } from "vitest";
import { listedKey, readListedEndpoint } from "../../bench/detection/data/endpoint-text.js";
import { readProcessText } from "../../bench/detection/injection/process-text.js";
import { seededRandom } from "../../bench/detection/simulation/seeded-random.js";
import { wildcardFamily } from "../../bench/detection/simulation/wildcard-members.js";

describe("endpoints as people wrote them", () => {
  test.each([
    ["Example.com:443", "example.com:443"],
    ["example.com", "example.com:443"],
    ["https://example.com/path", "example.com:443"],
    ["*.example.com:80", "*.example.com:80"],
    ["cdn*.example.com", "cdn*.example.com:443"],
    ["192.0.2.1:8080", "192.0.2.1:8080"],
  ])("%s is %s", (text, key) => {
    const endpoint = readListedEndpoint(text);
    expect(endpoint && listedKey(endpoint)).toBe(key);
  });

  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression, as workflows have them
  test.each(["${{ inputs.host }}:443", "*:443", "two words", "", "*.:443", "example.com:99999"])(
    "%j is none",
    (text) => {
      expect(readListedEndpoint(text)).toBeUndefined();
    },
  );
});

describe("a wildcard", () => {
  const members = (pattern: string, runs: number) => {
    const family = wildcardFamily(1, pattern);
    const random = seededRandom(1, "members");
    return Array.from({ length: runs }, () => family.draw(random)).flat();
  };

  test("stands for hosts that it matches, some of them again and again", () => {
    for (let at = 0; at < 30; at += 1) {
      const drawn = members(`*.service${at}.example.com`, 50);
      expect(drawn.length).toBeGreaterThanOrEqual(50);
      expect(new Set(drawn).size).toBeLessThan(drawn.length);
      for (const host of drawn) expect(host).toMatch(/^[a-z0-9-]+\.service\d+\.example\.com$/);
    }
  });

  test("below a suffix of many tenants stands for the numbered hosts of a few", () => {
    const stems = members("*.github.io", 200).map((host) => host.replace(/\d+\.github\.io$/, ""));
    expect(new Set(stems).size).toBeLessThanOrEqual(3);
  });

  test("inside a label keeps what is around it", () => {
    for (const host of members("watch-*.example.com", 20)) {
      expect(host).toMatch(/^watch-[a-z0-9-]+\.example\.com$/);
    }
  });
});

describe("process texts", () => {
  test.each([
    [
      "curl|wget|certutil <- sh|cmd <- node preinstall.js",
      ["curl|wget", "sh", "node preinstall.js"],
    ],
    ["curl <- bash <- node (dist/index.js), piped to sudo python3", ["curl", "bash", "node"]],
    ["python (x.pth, every interpreter start)", ["python"]],
    ["curl in injected workflow step", ["curl"]],
    [
      "curl|node <- node setup.js <- npm postinstall; later python3 /tmp/x.py",
      ["curl|node", "node setup.js", "npm postinstall"],
    ],
    ["", []],
    ["(nothing <- at all", []],
  ])("%s", (text, expected) => {
    const levels = readProcessText(text).map(({ alternatives }) =>
      [
        alternatives.map(([program]) => program).join("|"),
        ...(alternatives[0]?.slice(1) ?? []),
      ].join(" "),
    );
    expect(levels).toEqual(expected);
  });
});

describe("seeded random numbers", () => {
  test("are the same for the same key, for ever", () => {
    const random = seededRandom(1, "a", "b");
    const drawn = Array.from({ length: 4 }, () => random.below(1_000_000));
    expect(drawn).toMatchInlineSnapshot(`
      [
        243329,
        462461,
        706727,
        634314,
      ]
    `);
  });

  test("are spread evenly", () => {
    const random = seededRandom(3);
    const tenths = new Array(10).fill(0);
    for (let draw = 0; draw < 20_000; draw += 1) tenths[random.below(10)] += 1;
    for (const count of tenths) expect(Math.abs(count - 2_000)).toBeLessThan(200);
  });
});
