import { maxBatchDeliveries } from "../../contracts/store/delivery-store.js";
import type { Store } from "../../contracts/store.js";
import type { Delivery } from "../../delivery/delivery.js";
import { expectEqual } from "./expect.js";
import { sampleDelivery, sampleDetection, sampleRun, sampleTime } from "./sample-data.js";
import type { StoreCase } from "./store-case.js";

const leaseUntil = sampleTime + 1_000;
const claim = { notifiers: ["chat", "mail"], owner: "o", now: sampleTime, leaseUntil, limit: 10 };

/** Records a detection with one delivery through `chat`, or as told. */
export async function recordOne(store: Store, id: string, more: Partial<Delivery> = {}) {
  const detection = sampleDetection(sampleRun("1"), id, `${id}.example`);
  const delivery = sampleDelivery(detection, more.notifier ?? "chat", more);
  await store.detections.record({ detection, deliveries: [delivery], baselineRevision: 0 });
  return delivery;
}

const claimedIn = async (store: Store, more: Partial<typeof claim> = {}) =>
  (await store.deliveries.claim({ ...claim, ...more })).map(({ detectionId, batch }) =>
    batch === undefined ? detectionId : `${detectionId} in ${batch}`,
  );

export const batchCases: readonly StoreCase[] = [
  {
    name: "batches: what is due of one notifier and bundle is claimed together, sealed by its oldest",
    async run({ store }) {
      await recordOne(store, "d1", { bundle: "run:1" });
      await recordOne(store, "d2");
      await recordOne(store, "d3", { bundle: "run:1" });
      await recordOne(store, "d4", { bundle: "run:1", notifier: "mail" });
      await recordOne(store, "d5", { bundle: "run:1", dueAt: sampleTime + 1 });
      const claimed = (await claimedIn(store)).sort();
      const expected = ["d1 in d1:chat", "d2", "d3 in d1:chat", "d4 in d4:mail"];
      expectEqual(claimed, expected, "what is claimed");
      const next = await claimedIn(store, { now: sampleTime + 1 });
      expectEqual(next, ["d5 in d5:chat"], "what is claimed when the last is due");
    },
  },
  {
    name: "batches: the limit counts batches",
    async run({ store }) {
      for (const id of ["d1", "d2"]) await recordOne(store, id, { bundle: "a" });
      for (const id of ["d3", "d4"]) await recordOne(store, id, { bundle: "b" });
      const first = await claimedIn(store, { limit: 1 });
      expectEqual(first, ["d1 in d1:chat", "d2 in d1:chat"], "the first batch");
      const second = await claimedIn(store, { limit: 1 });
      expectEqual(second, ["d3 in d3:chat", "d4 in d3:chat"], "the second batch");
    },
  },
  {
    name: "batches: once sealed they stay together, and nothing joins them",
    async run({ store, connect }) {
      for (const id of ["d1", "d2"]) await recordOne(store, id, { bundle: "run:1" });
      await claimedIn(store);
      await recordOne(store, "d3", { bundle: "run:1" });
      const other = await connect();
      expectEqual(await claimedIn(other), ["d3 in d3:chat"], "what is claimed meanwhile");
      const later = { owner: "p", now: leaseUntil + 1, leaseUntil: leaseUntil + 2 };
      const again = await claimedIn(other, { ...later, limit: 1 });
      expectEqual(again, ["d1 in d1:chat", "d2 in d1:chat"], "what is claimed after the lease");
      const ids = ["d1:chat", "d2:chat"];
      const failure = { error: "no", retryAt: leaseUntil + 10 };
      expectEqual(await other.deliveries.failed(ids, "p", failure), 2, "how many failed");
      const retry = await claimedIn(store, { now: leaseUntil + 10, leaseUntil: leaseUntil + 20 });
      const expected = ["d1 in d1:chat", "d2 in d1:chat", "d3 in d3:chat"];
      expectEqual(retry.sort(), expected, "what is claimed again");
    },
  },
  {
    name: "batches: too many of a bundle make several, and none is left out",
    async run({ store }) {
      const count = maxBatchDeliveries + 5;
      for (let i = 0; i < count; i += 1) await recordOne(store, `d${i}`, { bundle: "digest:x" });
      const sizes: number[] = [];
      for (let claims = 0; claims < 3; claims += 1) {
        const claimed = await store.deliveries.claim({ ...claim, limit: 1 });
        const batches = new Set(claimed.map(({ batch }) => batch)).size;
        expectEqual(batches, Math.min(1, claimed.length), "how many batches at once");
        sizes.push(claimed.length);
      }
      expectEqual(sizes, [maxBatchDeliveries, 5, 0], "the sizes of the batches");
    },
  },
  {
    name: "batches: what belongs to a bundle and is in no batch can be hastened",
    async run({ store }) {
      const dueAt = sampleTime + 60_000;
      for (const id of ["d1", "d2"]) await recordOne(store, id, { bundle: "run:1", dueAt });
      await recordOne(store, "d3", { bundle: "run:2", dueAt });
      expectEqual(await claimedIn(store), [], "what is claimed before it is due");
      expectEqual(await store.deliveries.hasten("run:1", sampleTime), 2, "how many are hastened");
      expectEqual(await store.deliveries.hasten("run:1", sampleTime), 0, "how many once more");
      const claimed = await claimedIn(store);
      expectEqual(claimed, ["d1 in d1:chat", "d2 in d1:chat"], "what is claimed then");
      const failure = { error: "no", retryAt: dueAt };
      await store.deliveries.failed(["d1:chat", "d2:chat"], "o", failure);
      const hastened = await store.deliveries.hasten("run:1", sampleTime);
      expectEqual(hastened, 0, "how many of those that wait for another attempt");
    },
  },
  {
    name: "batches: keep what the receiver gave, and the newest of a bundle is found",
    async run({ store }) {
      for (const id of ["d1", "d2"]) await recordOne(store, id, { bundle: "fleet:x" });
      await claimedIn(store);
      const ids = ["d1:chat", "d2:chat"];
      const held = await store.deliveries.delivered(ids, "o", sampleTime + 5, "thread-7");
      expectEqual(held, 2, "how many were held");
      const newest = await store.deliveries.newest("chat", "fleet:x");
      expectEqual(newest?.detectionId, "d2", "the newest");
      expectEqual(newest?.receipt, "thread-7", "its receipt");
      expectEqual(await store.deliveries.newest("mail", "fleet:x"), undefined, "that of another");
      expectEqual(await store.deliveries.newest("chat", "fleet:y"), undefined, "another bundle's");
    },
  },
];

export const orderCases: readonly StoreCase[] = [
  {
    name: "order: what is behind one that waits for another attempt waits too",
    async run({ store }) {
      for (const id of ["d1", "d2"]) await recordOne(store, id, { order: "run:1" });
      await recordOne(store, "d3", { order: "run:2" });
      await recordOne(store, "d4", { order: "run:1", notifier: "mail" });
      await recordOne(store, "d5");
      const first = await claimedIn(store, { limit: 1 });
      expectEqual(first, ["d1"], "the first");
      const failure = { error: "no", retryAt: sampleTime + 10 };
      await store.deliveries.failed(["d1:chat"], "o", failure);
      const meanwhile = (await claimedIn(store)).sort();
      expectEqual(meanwhile, ["d3", "d4", "d5"], "what does not stand behind it");
      const then = await claimedIn(store, { now: sampleTime + 10, limit: 1 });
      expectEqual(then, ["d1"], "what is claimed first when it is due again");
      await store.deliveries.release(["d1:chat"], "o");
      const both = await claimedIn(store, { now: sampleTime + 10 });
      expectEqual(both, ["d1", "d2"], "what is claimed then, in its order");
    },
  },
  {
    name: "order: what is behind one that is being sent waits, until that is delivered or dead",
    async run({ store, connect }) {
      const other = await connect();
      for (const id of ["d1", "d2", "d3"]) await recordOne(store, id, { order: "run:1" });
      await claimedIn(store, { limit: 1 });
      expectEqual(await claimedIn(other, { owner: "p" }), [], "what another claims meanwhile");
      await store.deliveries.delivered(["d1:chat"], "o", sampleTime);
      const second = await claimedIn(other, { owner: "p", limit: 1 });
      expectEqual(second, ["d2"], "what follows the one that was delivered");
      await other.deliveries.failed(["d2:chat"], "p", { error: "gone" });
      expectEqual(await claimedIn(store), ["d3"], "what follows the one that is dead");
    },
  },
  {
    name: "order: several of one order are claimed at once, the oldest first",
    async run({ store }) {
      // However many are blocked, they keep nothing else from being claimed.
      await recordOne(store, "b0", { order: "run:2", dueAt: sampleTime + 1 });
      for (let i = 1; i < 15; i += 1) await recordOne(store, `b${i}`, { order: "run:2" });
      for (const id of ["d1", "d2", "d3"]) await recordOne(store, id, { order: "run:1" });
      expectEqual(await claimedIn(store), ["d1", "d2", "d3"], "what is claimed");
    },
  },
];
