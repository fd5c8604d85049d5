import { describe, expect, it } from "vitest";
import type { FleetPrior } from "../../src/baseline/fleet-prior.js";
import { memoryStore } from "../../src/memory-store/memory-store.js";
import { createMonitor } from "../../src/monitor/monitor.js";
import { isStraycallError } from "../../src/straycall-error.js";
import { auditedJob, calls, job, usual } from "./audited-job.js";

const tools = () => calls(7, "tools.example", "203.0.113.40", { requests: ["GET /v1"] });
const callers = { repositories: 12, since: Date.UTC(2026, 0, 1) };
const prior: FleetPrior = {
  version: 1,
  madeAt: Date.UTC(2026, 5, 1),
  repositories: 40,
  hosts: { "tools.example": callers },
  domains: { "tools.example": callers },
};

async function assessed(audited: ReturnType<typeof auditedJob>) {
  await audited.learn();
  const { detections } = await audited.run([...usual(), ...tools()]);
  const [detection] = detections;
  if (detection?.score === undefined) throw new Error("nothing was told");
  return { score: detection.score, codes: detection.reasons.map(({ code }) => code), detection };
}

describe("a new endpoint that others call", () => {
  it("is less surprising if another repository's jobs in the store do", async () => {
    const alone = await assessed(auditedJob());
    const audited = auditedJob();
    for (let runs = 0; runs < 3; runs += 1) {
      await audited.run([...usual(), ...tools()], { repository: "acme/site" });
    }
    const among = await assessed(audited);
    expect(alone.codes).not.toContain("known-to-fleet");
    expect(among.codes).toContain("known-to-fleet");
    expect(among.score).toBeLessThan(alone.score);
  });

  it("is less surprising if a prior says so", async () => {
    const alone = await assessed(auditedJob());
    const among = await assessed(auditedJob({ baseline: { prior } }));
    expect(among.score).toBeLessThan(alone.score);
    expect(among.detection.reasons.map(({ text }) => text)).toContain(
      "tools.example is called by 12 other repositories, since 2026-01-01.",
    );
  });

  it("is as surprising to a monitor that takes the run over", async () => {
    const store = memoryStore();
    const audited = auditedJob({ store, baseline: { prior } });
    await audited.learn();
    const run = await audited.start();
    await run.observe([...usual(), ...tools()]);
    await audited.monitor.close();
    const other = createMonitor({ store, baseline: { prior } });
    const joined = await other.startRun({ job, runId: "r9" });
    expect((await joined.observe(tools())).detections).toEqual([]);
    expect((await joined.finish()).detections).toHaveLength(1);
    await other.close();
  });
});

describe("a prior", () => {
  it("that is none is refused, and the error says which part", () => {
    const wrong = { ...prior, hosts: { "tools.example": { repositories: 1, since: 0 } } };
    try {
      createMonitor({ store: memoryStore(), baseline: { prior: wrong } });
      expect.unreachable();
    } catch (error) {
      expect(isStraycallError(error, "CONFIG_INVALID")).toBe(true);
      expect(error).toMatchObject({ field: "baseline.prior.hosts.tools.example.repositories" });
    }
  });
});
