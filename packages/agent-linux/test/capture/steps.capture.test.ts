import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type Call,
  type CaptureEvent,
  createMonitor,
  memoryStore,
  type RunReport,
  runKey,
} from "@straycall/core";
import { beforeAll, describe, expect, it } from "vitest";
import { ofType, type Recording, recordPython, requireRoot } from "./record.js";
import {
  containerOf,
  liarsPerStep,
  processesPerStep,
  stepJob,
  stepName,
  steps,
} from "./step-job.js";

/** What this test runs in may be a step itself: the job here has nothing to do with it. */
function withoutOuterStep(event: CaptureEvent, startedAt: number): CaptureEvent {
  if (event.type !== "process.exec" || event.time >= startedAt) return event;
  const { step: _, ...rest } = event;
  return rest;
}

async function makeCalls({ events }: Recording): Promise<{ calls: Call[]; report: RunReport }> {
  const store = memoryStore();
  const monitor = createMonitor({ store });
  const run = {
    job: { platform: "github", repository: "acme/shop", workflow: "ci.yml", job: "build" },
    runId: "77",
    attempt: 1,
  };
  const observed = await monitor.startRun(run);
  const startedAt = events[0]?.time ?? 0;
  await observed.observe(events.map((event) => withoutOuterStep(event, startedAt)));
  const report = await observed.finish({ outcome: "success" });
  const calls: Call[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.calls.list(runKey(run), { limit: 500, ...(cursor && { cursor }) });
    calls.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  await monitor.close();
  return { calls, report };
}

const timeoutMs = 180_000;

describe("1,000 processes in 20 steps", () => {
  let recording: Recording;
  let calls: Call[];
  let report: RunReport;
  beforeAll(async () => {
    requireRoot();
    const folder = mkdtempSync(join(tmpdir(), "straycall-steps-"));
    try {
      recording = await recordPython(stepJob(folder));
      ({ calls, report } = await makeCalls(recording));
    } finally {
      rmSync(folder, { recursive: true });
    }
  }, timeoutMs);

  const stepIn = ({ ip }: Call) => Number(ip?.split(".")[2]);
  const numbered = (number: number) => calls.filter(({ ip }) => ip?.endsWith(`.${number}`));

  it("each make their call, and nothing is lost", () => {
    expect(new Set(calls.map(({ ip }) => ip)).size).toBe(steps * processesPerStep);
    expect(calls).toHaveLength(steps * processesPerStep);
    expect(report.run.coverage).toEqual({ level: "full", lost: 0, reasons: [] });
  });

  it("have all their own step, with its Action, job and run", () => {
    const wrong = calls.filter((call) => call.step?.id !== stepName(stepIn(call)));
    expect(wrong.map(({ ip, step, commandLine }) => [ip, step?.id, commandLine])).toEqual([]);
    for (const { step } of numbered(1)) expect(step).toMatchObject({ job: "build", run: "77.1" });
    expect(numbered(1).map(({ step }) => step?.action?.name)).toEqual(
      Array.from({ length: steps }, (_, index) =>
        index % 2 === 1 ? `acme/action-${index + 1}` : undefined,
      ),
    );
  });

  it("are not believed where they name another step, which is kept and counted", () => {
    expect(new Set(numbered(102).map(({ claimedStep }) => claimedStep?.id))).toEqual(
      new Set([stepName(99)]),
    );
    expect(new Set(numbered(103).map(({ claimedStep }) => claimedStep?.id))).toEqual(
      new Set([stepName(98)]),
    );
    const honest = calls.filter(({ ip }) => !/\.10[23]$/.test(ip ?? ""));
    expect(honest.filter(({ claimedStep }) => claimedStep !== undefined)).toEqual([]);
    // And the program that made the sibling.
    expect(report.run.counts.contradictedSteps).toBe(steps * (liarsPerStep + 1));
  });

  it("outlive their step, and keep it", () => {
    const roots = ofType(recording, "process.exec").filter(
      ({ process }) => process.parent?.pid === recording.pid && process.args?.[0] === "bash",
    );
    const endOf = (step: number) => {
      const root = roots.find((exec) => exec.step?.id === stepName(step));
      const exits = ofType(recording, "process.exit");
      return exits.find(({ process }) => process.entity_id === root?.process.entity_id)?.time;
    };
    const daemons = [104, 105, 106].flatMap(numbered);
    expect(daemons).toHaveLength(3 * steps);
    for (const call of daemons) expect(call.time).toBeGreaterThan(endOf(stepIn(call)) ?? Infinity);
  });

  it("are in a container where they are, in its network namespace", () => {
    const contained = numbered(107);
    expect(contained.map(({ containerId }) => containerId)).toEqual(
      contained.map((call) => containerOf(stepIn(call))),
    );
    const outside = new Set(numbered(1).map(({ networkNamespace }) => networkNamespace));
    expect(outside.size).toBe(1);
    for (const { networkNamespace } of contained) {
      expect(networkNamespace).toMatch(/^\d+$/);
      expect(outside).not.toContain(networkNamespace);
    }
    expect(calls.filter(({ containerId }) => containerId !== undefined)).toHaveLength(steps);
  });
});
