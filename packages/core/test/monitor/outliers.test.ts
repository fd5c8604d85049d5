import { expect, it } from "vitest";
import { isolationForestScorer } from "../../src/outlier/isolation-forest-scorer.js";
import { auditedJob, calls, githubIp, usual } from "./audited-job.js";

const learnedRuns = 80;
const upload = () =>
  calls(7, "api.github.com", githubIp, {
    requests: ["GET /repos/acme/shop"],
    bytesOut: 5_000_000_000,
  });

it("a scorer of outliers speaks of a job's traffic, and does not learn what was told", async () => {
  const { learn, run, store } = auditedJob({ baseline: { outliers: isolationForestScorer() } });
  await learn(learnedRuns);
  const { run: last, detections } = await run([...usual(), ...upload()]);
  expect(detections).toMatchObject([
    {
      kind: "unusual-traffic",
      reasons: expect.arrayContaining([expect.objectContaining({ code: "strange-combination" })]),
    },
  ]);
  const learned = await store.baselines.get(last.jobKey);
  expect(learned?.outliers?.fitted?.scorer).toBe("isolation-forest");
  // Two places in each run since enough was known of them, and of the last run the other one.
  const rows = learned?.outliers?.rows ?? [];
  expect(rows).toHaveLength((learnedRuns - 5) * 2 + 1);
  expect(Math.max(...rows.flat())).toBe(0);
});

it("what is no scorer of outliers is refused", () => {
  for (const outliers of [{}, { ...isolationForestScorer(), name: "" }]) {
    expect(() => auditedJob({ baseline: { outliers: outliers as never } })).toThrow(
      expect.objectContaining({ code: "CONFIG_INVALID", field: "baseline.outliers" }),
    );
  }
});
