import { describe, expect, it } from "vitest";
import type { Store } from "../../src/contracts/store.js";
import { jobKey } from "../../src/job/job.js";
import { memoryStore } from "../../src/memory-store/memory-store.js";
import { auditedJob, calls, github, installScript, job, usual } from "./audited-job.js";

const shard = (pid = 8, request = "GET /left-pad") =>
  calls(pid, "mirror.example.org", "8.8.4.4", { requests: [request] });
const collector = () => calls(7, "collector.example", "203.0.113.9", { port: 8443 });

async function learnedJob(store: Store = memoryStore()) {
  const audited = auditedJob({ store });
  await audited.learn();
  const learned = async () => (await store.baselines.get(jobKey(job)))?.endpoints ?? {};
  return { ...audited, learned };
}

/** A store in which a person acknowledges each detection as soon as it is there. */
function reviewedAtOnce(store: Store): Store {
  return {
    ...store,
    detections: {
      ...store.detections,
      async get(id) {
        const detection = await store.detections.get(id);
        return detection && { ...detection, status: "acknowledged" };
      },
    },
  };
}

describe("a run teaches its job's baseline", () => {
  it("what was expected anyway as evidence, and keeps what was told apart until it is reviewed", async () => {
    const { run, learned } = await learnedJob();
    const { detections } = await run([...usual(), ...shard(), ...collector()]);
    expect(detections[0]?.severity).toBe("info");
    expect(detections[1]?.severity).not.toBe("info");
    const endpoints = await learned();
    expect(endpoints["mirror.example.org:443"]).not.toHaveProperty("unreviewed");
    expect(endpoints["collector.example:8443"]).toMatchObject({ unreviewed: true });
  });

  it("what a person acknowledged while it ran as evidence", async () => {
    const { run, learned } = await learnedJob(reviewedAtOnce(memoryStore()));
    const { detections } = await run([...usual(), ...collector()]);
    expect(detections).toHaveLength(1);
    expect((await learned())["collector.example:8443"]).not.toHaveProperty("unreviewed");
  });

  it("nothing by an endpoint of which a later call was told, though the first was harmless", async () => {
    const { run, learned } = await learnedJob();
    const { detections } = await run([
      ...usual(),
      ...installScript(),
      ...shard(),
      ...shard(30, "POST /u"),
    ]);
    expect(detections.map(({ kind }) => kind)).toEqual(["new-endpoint", "new-behavior"]);
    expect((await learned())["mirror.example.org:443"]).toMatchObject({ unreviewed: true });
  });

  it("no habit that was told, nor those of further calls that the same detection stands for", async () => {
    const { run, learned } = await learnedJob();
    const paths = ["GET /repos/acme/shop", "PUT /repos/thief/loot/x", "POST /repos/thief/loot/y"];
    const stray = () => [...usual(), ...installScript(), ...github(30, ...paths)];
    await run(stray());
    const habits = (await learned())["api.github.com:443"]?.habits;
    expect(Object.keys(habits?.lineages ?? {})).toEqual(["step-tool"]);
    expect(Object.keys(habits?.methods ?? {})).toEqual(["GET"]);
    expect(Object.keys(habits?.tenants ?? {})).toEqual(["acme"]);
    expect((await run(stray())).detections).toEqual([]);
  });

  it("no more evidence if it was cancelled: what it called is not told again", async () => {
    const { run, learned } = await learnedJob();
    const { detections } = await run([...usual(), ...shard()], { outcome: "cancelled" });
    expect(detections).toHaveLength(1);
    expect((await learned())["mirror.example.org:443"]).toMatchObject({ runs: 0 });
    expect((await learned())["api.github.com:443"]).toMatchObject({ runs: 8 });
    expect((await run([...usual(), ...shard()])).detections).toEqual([]);
  });

  it("nothing if nobody watched it", async () => {
    const { start, learned } = await learnedJob();
    const before = await learned();
    const run = await start();
    await run.observe([
      { id: "only", time: 1_700_000_000_000, type: "run.started", run: { commit: "abc" } },
    ]);
    await run.finish({ outcome: "success" });
    expect(await learned()).toEqual(before);
  });
});
