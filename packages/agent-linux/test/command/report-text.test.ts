import { stripVTControlCharacters } from "node:util";
import { describe, expect, it } from "vitest";
import { type ReportStyle, reportText } from "../../src/command/report-text.js";
import { newEndpoint, runReport } from "./make-report.js";

const plain: ReportStyle = {
  learningRuns: 5,
  quiet: false,
  colour: false,
  blindSpots: [],
  watcherPid: 4,
};
const partial = (...reasons: string[]) => ({
  coverage: { level: "partial" as const, lost: 0, reasons },
});

describe("the report of a run", () => {
  it("is one line while the job is being learned", () => {
    const report = runReport({ run: { baselineRuns: 2 }, baseline: { runs: 3 } });
    expect(reportText(report, plain)).toBe(
      "straycall: run 3 of 5 learned for demo: 12 calls, 4 endpoints known, nothing to compare with yet\n",
    );
  });

  it("is one line when nothing is new", () => {
    expect(reportText(runReport(), plain)).toBe(
      "straycall: nothing new for demo: 12 calls, 4 endpoints known from 9 runs\n",
    );
  });

  it("counts one as one", () => {
    const report = runReport({
      run: { counts: { events: 3, processes: 1, calls: 1, anomalousCalls: 0 } },
      baseline: { runs: 1, endpoints: 1 },
    });
    expect(reportText(report, plain)).toContain("1 call, 1 endpoint known from 1 run\n");
  });

  it("says when calls are new that another run has told", () => {
    const report = runReport({
      run: { counts: { events: 60, processes: 5, calls: 12, anomalousCalls: 2 } },
    });
    expect(reportText(report, plain)).toContain("2 calls to what another run has told already");
  });

  it("counts what is new and what was blocked apart", () => {
    const blocked = { ...newEndpoint(), kind: "blocked-call" as const };
    const text = reportText(runReport({ detections: [newEndpoint(), blocked, blocked] }), plain);
    expect(text).toContain("straycall: 1 new outbound call, 2 blocked calls by demo\n");
    expect(text).toContain("[medium] Blocked call: evil.example:8443\n");
  });

  it("says in block mode whether a call was blocked, and nothing of learning", () => {
    const counts = { events: 60, processes: 5, calls: 12, anomalousCalls: 0, blockedCalls: 0 };
    const run = { mode: "block" as const, baselineRuns: 0 };
    expect(reportText(runReport({ run: { ...run, counts } }), plain)).toBe(
      "straycall: no call of demo was blocked, of 12 calls\n",
    );
    const again = runReport({ run: { ...run, counts: { ...counts, blockedCalls: 1 } } });
    expect(reportText(again, plain)).toBe(
      "straycall: 1 blocked call by demo, to what another run has told already\n",
    );
  });

  it("names host, port, process, command line and parent of what is new", () => {
    const text = reportText(runReport({ detections: [newEndpoint()] }), plain);
    expect(text).toContain("straycall: 1 new outbound call by demo\n");
    expect(text).toContain("[medium] New outbound call: evil.example:8443\n");
    expect(text).toMatch(/Command +node postinstall\.js\n/);
    expect(text).toMatch(/Process +pid 9, parent 5\n/);
    expect(text).toMatch(/Called by +bash build\.sh\n/);
    expect(text).toContain("- The job never called any host of evil.example before.\n");
  });

  it("does not name itself as the caller of what it started", () => {
    const text = reportText(runReport({ detections: [newEndpoint()] }), {
      ...plain,
      watcherPid: 5,
    });
    expect(text).toMatch(/Process +pid 9, parent 5\n/);
    expect(text).not.toContain("Called by");
  });

  it("lets no control character of an attacker through", () => {
    const hostile = "\x1b[2J\x07\r\nstraycall: nothing new\u202e\u0085\x9b31m";
    const report = runReport({
      detections: [newEndpoint({ host: `a${hostile}`, commandLine: `sh -c ${hostile}` })],
      run: { job: { ...runReport().run.job, job: hostile }, ...partial(hostile) },
    });
    const text = reportText(report, plain);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]/);
    expect(text).not.toMatch(/^straycall: nothing new/m);
    expect(text).toContain("\\x1b[2J");
  });

  it("bounds a flood of detections and says how many it left out", () => {
    const detections = Array.from({ length: 50 }, (_, index) =>
      newEndpoint({ host: `h${index}.example`, commandLine: "x".repeat(100_000) }),
    );
    const text = reportText(runReport({ detections }), plain);
    expect(text).toContain("straycall: 50 new outbound calls by demo");
    expect(text).toContain("and 30 more");
    expect(text.length).toBeLessThan(50_000);
  });

  it("says what was not seen", () => {
    const text = reportText(runReport({ run: partial("7 events lost: ring full") }), plain);
    expect(text).toContain("straycall: not everything was seen: 7 events lost: ring full\n");
    const none = { coverage: { level: "none" as const, lost: 0, reasons: ["No agent."] } };
    expect(reportText(runReport({ run: none }), plain)).toContain("nothing was seen: No agent.");
  });

  it("says nothing when it is to be quiet and all is as usual", () => {
    const quiet = { ...plain, quiet: true, blindSpots: ["HTTPS requests are not seen."] };
    expect(reportText(runReport(), quiet)).toBe("");
    expect(reportText(runReport({ run: partial("HTTPS requests are not seen.") }), quiet)).toBe("");
    expect(reportText(runReport({ run: partial("It broke.") }), quiet)).toContain("It broke.");
    expect(reportText(runReport({ detections: [newEndpoint()] }), quiet)).toContain("evil.example");
  });

  it("has the same words in colour", () => {
    const report = runReport({ detections: [newEndpoint()], run: partial("It broke.") });
    const coloured = reportText(report, { ...plain, colour: true });
    expect(coloured).toContain("\x1b[");
    expect(stripVTControlCharacters(coloured)).toBe(reportText(report, plain));
  });
});
