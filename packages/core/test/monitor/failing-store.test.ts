import { describe, expect, it } from "vitest";
import type { Store } from "../../src/contracts/store.js";
import { memoryStore } from "../../src/memory-store/memory-store.js";
import { auditedJob, calls, github, githubIp, questions, usual } from "./audited-job.js";

/** A store that refuses to record detections until it is mended. */
function breakable(): Store & { isBroken: boolean } {
  const store = memoryStore();
  const breaking = {
    ...store,
    isBroken: false,
    detections: {
      ...store.detections,
      async record(request: Parameters<Store["detections"]["record"]>[0]) {
        if (breaking.isBroken) throw new Error("the disk is full");
        return store.detections.record(request);
      },
    },
  };
  return breaking;
}

const encoded = "mfzwizltoq2gk5dfon2ca53jnz2gk4tjnzsxgzlomnsxg2dfmn2gk3tuebsw2".slice(0, 60);

describe("while the store fails", () => {
  it.each([
    ["a request", () => github(7, "POST /repos/thief/loot/issues"), "new-behavior"],
    ["a new endpoint", () => calls(7, "collector.example", "203.0.113.9"), "new-endpoint"],
    [
      "traffic",
      () =>
        calls(7, "api.github.com", githubIp, {
          requests: ["GET /repos/acme/shop"],
          bytesOut: 5_000_000_000,
        }),
      "unusual-traffic",
    ],
    ["names", () => questions(7, `${encoded}.t.collector.example`), "unusual-traffic"],
  ])("%s: what deviates is told when the store is back, once", async (_, stray, kind) => {
    const store = breakable();
    const { learn, start, pushed } = auditedJob({ store });
    await learn(80);
    const run = await start();
    await run.observe(usual());
    store.isBroken = true;
    await expect(run.observe(stray())).rejects.toThrow("the disk is full");
    await expect(run.observe(usual())).rejects.toThrow("the disk is full");
    store.isBroken = false;
    const { detections } = await run.finish({ outcome: "success" });
    expect(detections.map((detection) => detection.kind)).toEqual([kind]);
    expect(await pushed()).toHaveLength(1);
  });
});
