import { describe, expect, it } from "vitest";
import type { CiLogLine } from "../../src/contracts/ci-provider.js";
import { logFindings } from "../../src/investigation/log-findings.js";
import { mentionTerms } from "../../src/investigation/mention-terms.js";
import { readRunLog } from "../../src/investigation/run-log.js";
import type { Call } from "../../src/run/call.js";
import type { ProcessRecord } from "../../src/run/process.js";

const start = 1_767_225_600_000;

async function* logOf(lines: readonly CiLogLine[]) {
  yield* lines;
}

const process = (commandLine: string, afterMs: number): ProcessRecord => ({
  entityId: commandLine + afterMs,
  pid: 1,
  args: [],
  commandLine,
  startedAt: start + afterMs,
});

const call = {
  endpoint: { host: "stray.example", port: 443 },
  ip: "203.0.113.7",
  http: [{ time: start, method: "POST", path: "/upload/x?y=1" }],
} as Call;
const terms = mentionTerms(call);

describe("the clock of a log", () => {
  /** A log that is five minutes ahead, of commands that ran at these times. */
  const ahead = 300_000;
  const lines: CiLogLine[] = [
    { text: "##[group]Run npm ci", time: start + ahead + 1_000 },
    { text: "\u001b[36;1m+ make test\u001b[0m", time: start + ahead + 2_010 },
    { text: "uploading", time: start + ahead + 2_500 },
    { text: "[command]/usr/bin/git version", time: start + ahead + 3_000 },
    { text: "npm ci", time: start + ahead + 90_000 },
  ];
  const processes = [
    process("npm ci", 1_005),
    process("make test", 2_000),
    process("/usr/bin/git version", 3_000),
    process("sleep 1", 10),
    process("sleep 1", 20),
  ];

  it("is set by the commands that both tell of, whatever a few of them say", async () => {
    const log = await readRunLog(logOf(lines), processes);
    // They are 5 ms before, 0, 10 and 88,995 ms after the five minutes: the median.
    expect(log.skewMs).toBe(ahead + 5);
    expect(log.lines[2]).toEqual({ text: "uploading", time: start + 2_495 });
    const found = logFindings(log, start + 2_600, terms);
    expect(found.before.at(-1)?.text).toBe("uploading");
    expect(found.after[0]?.text).toBe("[command]/usr/bin/git version");
    expect(found.clockSkewMs).toBe(ahead + 5);
  });

  it("is taken to agree where they have none in common", async () => {
    const log = await readRunLog(logOf([{ text: "hello", time: start }]), processes);
    expect(log.skewMs).toBeUndefined();
    expect(log.lines[0]?.time).toBe(start);
    expect(logFindings(log, start + 1, terms)).not.toHaveProperty("clockSkewMs");
  });

  it("that has none is that of the commands it shows", async () => {
    const untimed = lines.slice(0, 4).map(({ text }) => ({ text }));
    const found = logFindings(await readRunLog(logOf(untimed), processes), start + 2_600, terms);
    expect(found.before.map(({ text }) => text)).toEqual(["##[group]Run npm ci", "+ make test"]);
    expect(found.after[0]?.text).toBe("uploading");
  });
});

describe("what a log mentions", () => {
  it("is host, address and path, as whole words", async () => {
    const lines = [
      "PUT https://Stray.Example/upload/x?y=2",
      "connect to 203.0.113.7:443",
      "connect to 203.0.113.70 and 1203.0.113.7",
      "notstray.example stray.example.org my-stray.example",
      "resolved stray.example.",
      "upload/x",
    ];
    const log = await readRunLog(logOf(lines.map((text) => ({ text }))), []);
    const { mentions, before, after } = logFindings(log, start, terms);
    expect(mentions.items.map(({ line, mentions: found }) => [line, found])).toEqual([
      [1, ["stray.example", "/upload/x"]],
      [2, ["203.0.113.7"]],
      [5, ["stray.example"]],
    ]);
    expect([before, after]).toEqual([[], []]);
  });

  it("is shown without colours and secrets, and bounded", async () => {
    const secret = `ghp_${"a".repeat(36)}`;
    const line = `\u001b[31mstray.example\u001b[0m token=${secret} ${"x".repeat(1_000_000)}`;
    const log = await readRunLog(logOf(Array.from({ length: 150 }, () => ({ text: line }))), []);
    const { mentions } = logFindings(log, start, terms);
    expect(mentions.items).toHaveLength(100);
    expect(mentions.more).toBe(true);
    expect(mentions.items[0]?.text).toMatch(/^stray\.example token=ghp_\*\*\* x+…$/);
    expect(mentions.items[0]?.text.length).toBe(2_000);
  });
});
