import { describe, expect, it } from "vitest";
import type { Baseline } from "../../src/baseline/baseline.js";
import { baselineIndex } from "../../src/baseline/baseline-index.js";
import { decideOnFamily } from "../../src/baseline/families.js";
import { assessNewEndpoint } from "../../src/model/assess-new-endpoint.js";
import type { Observation } from "../../src/model/observation.js";
import { learned, learnedOften } from "../baseline/learned.js";
import { observed } from "./observed.js";

const usual = [
  "api.example.com",
  observed("files.example.org", { program: "npm", lineage: "package-manager" }),
];
const stable = learnedOften(30, usual);

const assess = (call: Observation, baseline: Baseline | undefined = stable) =>
  assessNewEndpoint(call, baselineIndex(baseline));
const codes = (call: Observation, baseline?: Baseline) =>
  assess(call, baseline).parts.map(({ code }) => code);
const bitsOf = (code: string, call: Observation, baseline?: Baseline) =>
  assess(call, baseline).parts.find((part) => part.code === code)?.bits;

describe("a call to an endpoint that the baseline does not hold", () => {
  it("is scored by a plain sum of its parts", () => {
    const { bits, parts } = assess(observed("203.0.113.9:8443", { program: "curl" }));
    expect(parts.length).toBeGreaterThan(3);
    expect(bits).toBe(parts.reduce((sum, part) => sum + part.bits, 0));
    for (const { text } of parts) expect(text).toMatch(/^[A-Za-z0-9].*\.$/);
  });

  it("is critical if it is a public address that nobody asked a name for, called by a downloader", () => {
    expect(
      assess(observed("203.0.113.9", { program: "curl", lineage: "downloader" })),
    ).toMatchObject({
      severity: "critical",
    });
  });

  it("is expected if it is another host of a domain that the job calls, by the same program", () => {
    expect(assess(observed("cdn.example.com"))).toMatchObject({ severity: "info" });
    expect(codes(observed("cdn.example.com"))).toContain("known-domain");
  });

  it("is bad even then if an install script sends something to it", () => {
    const call = observed("cdn.example.com", {
      program: "sh",
      lineage: "install-script",
      requests: [{ method: "POST", route: "/" }],
    });
    expect(["medium", "high", "critical"]).toContain(assess(call).severity);
  });

  it("below a shared suffix has no use of other tenants that the job knows", () => {
    const withTenant = learnedOften(30, [...usual, "shop.example.workers.dev"]);
    const stranger = observed("collector.workers.dev");
    expect(codes(stranger, withTenant)).toContain("dual-use-app-hosting");
    expect(codes(stranger, withTenant)).not.toContain("known-domain");
  });

  it("of a service where anybody can catch requests is high whoever calls it", () => {
    expect(["high", "critical"]).toContain(assess(observed("webhook.site")).severity);
  });

  it("goes to the metadata service under whatever name", () => {
    const call = observed("innocent.example.com", {
      addressClass: "metadata",
      program: "curl",
      lineage: "tool",
    });
    expect(codes(call)).toContain("metadata-service");
    expect(codes({ ...call, endpoint: { host: "168.63.129.16", port: 53 } })).not.toContain(
      "metadata-service",
    );
  });

  it("to a private address counts for less than one to a public address", () => {
    const bits = (host: string) => assess(observed(host)).bits;
    expect(bits("10.1.2.3")).toBeLessThan(bits("203.0.113.9"));
    const named = observed("db.example.net", { addressClass: "private" });
    expect(codes(named)).toContain("inner-host");
  });

  it("counts for more the more seldom the job calls anything new", () => {
    const restless = learned(
      Array.from({ length: 30 }, (_, run) => [
        ...usual,
        `${"abcdefghijklmnopqrstuvwxyzäöüß"[run]}x.example.net`.replace(/[^a-z.]/g, "q"),
        `x.${"abcdefghijklmnopqrstuvwxyzabcd"[run]}${"abc"[run % 3]}.com`,
      ]),
    );
    const call = observed("new.example.edu");
    expect(bitsOf("seldom-new", call)).toBeGreaterThan(2);
    expect(assess(call, restless).bits).toBeLessThan(assess(call).bits);
  });

  it("on a port that the job never calls counts for more", () => {
    expect(bitsOf("unusual-port", observed("new.example.edu:8443"))).toBeGreaterThan(1);
    expect(bitsOf("unusual-port", observed("new.example.edu"))).toBeUndefined();
  });

  it("that others of the fleet call counts for less, and says who", () => {
    const call = observed("new.example.edu");
    const fleet = {
      host: { jobs: 2, repositories: 3, since: Date.UTC(2026, 0, 31) },
      domain: { jobs: 2, repositories: 3 },
    };
    const known = assessNewEndpoint(call, baselineIndex(stable), fleet);
    expect(known.bits).toBeLessThan(assess(call).bits - 2);
    expect(known.parts).toContainEqual(
      expect.objectContaining({
        code: "known-to-fleet",
        text: "new.example.edu is called by 2 other jobs of this repository and 3 other repositories, since 2026-01-31.",
      }),
    );
  });
});

describe("a name", () => {
  it("that is a letter away from one that the job trusts counts for more, and says whose", () => {
    const call = observed("api.exarnple.com");
    expect(bitsOf("look-alike", call)).toBe(3);
    expect(
      assess(call)
        .parts.map(({ text }) => text)
        .join(" "),
    ).toContain("example.com");
  });

  it("that a machine made up counts for more", () => {
    expect(codes(observed("xk7qzt9w2vbn4m.acme.dev"))).toContain("random-name");
  });

  it("that is only claimed counts for more", () => {
    expect(codes(observed("203.0.113.9", { claimedName: "api.example.com" }))).toContain(
      "unproven-name",
    );
  });
});

describe("a member of a family", () => {
  const shards = (count: number) =>
    learned(
      Array.from({ length: count }, (_, run) => [
        ...usual,
        `buildresults${run}.blob.core.windows.net`,
      ]),
    );
  const member = (number: number) => observed(`buildresults${number}.blob.core.windows.net`);

  it("is expected once three runs brought members", () => {
    expect(assess(member(9), shards(8))).toMatchObject({ severity: "info" });
    expect(codes(member(9), shards(8))).toContain("family-member");
    expect(codes(member(9), shards(2))).not.toContain("family-member");
  });

  it("is none if its number is far from those seen: anyone may register the next", () => {
    expect(codes(member(500), shards(8))).toContain("family-out-of-range");
  });

  it("is none if somebody refused the family, and one at once if somebody approved it", () => {
    const pattern = "buildresults<n>.blob.core.windows.net:443";
    const refused = decideOnFamily(shards(8) as Baseline, pattern, "refused");
    expect(codes(member(9), refused)).not.toContain("family-member");
    const approved = decideOnFamily(shards(1) as Baseline, pattern, "approved");
    expect(codes(member(900), approved)).toContain("family-member");
  });
});

describe("the first run of a job", () => {
  it("tells what is bad in any job", () => {
    const bad = (call: Observation) => assessNewEndpoint(call, baselineIndex(undefined)).severity;
    const sends = [{ method: "POST", route: "/" }];
    expect(["high", "critical"]).toContain(
      bad(observed("203.0.113.9", { program: "curl", lineage: "downloader", requests: sends })),
    );
    expect(["high", "critical"]).toContain(
      bad(
        observed("webhook.site", { program: "node", lineage: "install-script", requests: sends }),
      ),
    );
    expect(["info", "low"]).toContain(bad(observed("api.example.com")));
  });
});
