import { describe, expect, it } from "vitest";
import { describeDetection } from "../../src/display/describe-detection.js";
import { auditedJob, job, subjects, usual } from "./audited-job.js";

const newWorkflow = { workflow: "hello.yml", job: "hello" };
const newJob = { job: "lint" };

describe("a job that was never seen before", () => {
  it("is told once where its repository is watched and its workflow is new", async () => {
    const { learn, run, pushed } = auditedJob();
    await learn();
    const first = await run(usual(), newWorkflow);
    const second = await run(usual(), newWorkflow);
    expect(first.detections).toMatchObject([
      {
        kind: "new-job",
        severity: "low",
        job: newWorkflow,
        evidence: { call: { verdict: "undecided" }, baseline: { runs: 0, endpoints: 0 } },
      },
    ]);
    expect(second.detections).toEqual([]);
    expect(await pushed()).toEqual(["job"]);
  });

  it("is shown and not pushed if its workflow is known", async () => {
    const { learn, run, pushed } = auditedJob();
    await learn();
    const { detections } = await run(usual(), newJob);
    expect(detections).toMatchObject([{ kind: "new-job", severity: "info" }]);
    expect(await pushed()).toEqual([]);
  });

  it("is nothing to tell while the store knows nothing of its repository, or only for a few runs", async () => {
    const { learn, run } = auditedJob();
    expect((await run(usual())).detections).toEqual([]);
    await learn(3);
    expect((await run(usual(), newWorkflow)).detections).toEqual([]);
    await learn();
    const elsewhere = { ...newWorkflow, repository: "acme/other" };
    expect((await run(usual(), elsewhere)).detections).toEqual([]);
  });

  it("is told once by two runs at the same time, and by a run that another process follows too", async () => {
    const { store, learn, start } = auditedJob();
    await learn();
    const other = auditedJob({ store });
    const [one, two] = await Promise.all([start(newWorkflow), other.start(newWorkflow)]);
    await Promise.all([one.observe(usual()), two.observe(usual())]);
    const reports = await Promise.all([one.finish(), two.finish()]);
    expect(reports.flatMap(subjects)).toEqual(["job"]);
  });

  it("makes no call anomalous, and its calls are learned as ever", async () => {
    const { store, learn, run } = auditedJob();
    await learn();
    const { run: record } = await run(usual(), newWorkflow);
    const { items } = await store.calls.list(record.key);
    expect(items.map(({ verdict }) => verdict)).toEqual(["learning", "learning"]);
    expect(record.counts.anomalousCalls).toBe(0);
    const baseline = await store.baselines.get(record.jobKey);
    expect(Object.keys(baseline?.endpoints ?? {})).toHaveLength(2);
  });

  it("is told in words that name the job", async () => {
    const { learn, run } = auditedJob();
    await learn();
    const [detection] = (await run(usual(), newWorkflow)).detections;
    const words = detection && describeDetection(detection);
    expect(words?.title).toBe(`New job: ${job.repository} · hello.yml · hello`);
    expect(words?.summary).toBe(
      "hello in acme/shop runs for the first time that is known of it; the first thing it called is api.github.com:443.",
    );
    expect(words?.reasons).toEqual([
      "No job of this workflow was seen before, though another job of the repository was watched in 8 runs.",
    ]);
  });
});
