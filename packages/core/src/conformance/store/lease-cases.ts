import type { Store } from "../../contracts/store.js";
import { expectEqual } from "./expect.js";
import { sampleDelivery, sampleDetection, sampleRun, sampleTime } from "./sample-data.js";
import type { StoreCase } from "./store-case.js";

const leaseUntil = sampleTime + 1_000;
const claim = { notifiers: ["chat"], now: sampleTime, leaseUntil, limit: 10 };

/** Records detections `d0`, `d1`, ... with a delivery through `chat` each. */
async function recordWithChat(store: Store, count: number): Promise<void> {
  for (let i = 0; i < count; i += 1) {
    const detection = sampleDetection(sampleRun("1"), `d${i}`, `host-${i}.example`);
    const deliveries = [sampleDelivery(detection, "chat")];
    await store.detections.record({ detection, deliveries, baselineRevision: 0 });
  }
}

export const leaseCases: readonly StoreCase[] = [
  {
    name: "leases: what is leased is claimed by nobody, its owner neither, until the lease ends",
    async run({ store, connect }) {
      const other = await connect();
      await recordWithChat(store, 1);
      await store.deliveries.claim({ ...claim, owner: "first" });
      const late = { ...claim, now: leaseUntil - 1, leaseUntil: leaseUntil + 1_000 };
      const byOther = await other.deliveries.claim({ ...late, owner: "second" });
      expectEqual(byOther, [], "what another owner claims during the lease");
      const byOwner = await store.deliveries.claim({ ...late, owner: "first" });
      expectEqual(byOwner, [], "what the owner claims during its lease");
      const after = { ...late, now: leaseUntil + 1, owner: "second" };
      const [claimed] = await other.deliveries.claim(after);
      expectEqual(claimed?.attempts, 2, "the attempts, claimed after the lease");
    },
  },
  {
    name: "leases: an owner that lost its lease to another cannot settle the delivery",
    async run({ store, connect }) {
      const other = await connect();
      await recordWithChat(store, 1);
      const [leased] = await store.deliveries.claim({ ...claim, owner: "slow" });
      const id = leased?.id ?? "";
      const now = leaseUntil + 1;
      await other.deliveries.claim({ ...claim, owner: "second", now, leaseUntil: now + 1_000 });
      expectEqual(await store.deliveries.delivered([id], "slow", now), 0, "delivered");
      expectEqual(await store.deliveries.failed([id], "slow", { error: "no" }), 0, "failed");
      const [held] = await store.deliveries.list("d0");
      expectEqual(held?.status, "pending", "the status");
      expectEqual(
        await other.deliveries.delivered([id], "second", now),
        1,
        "the new owner's answer",
      );
    },
  },
  {
    name: "leases: a failure ends the lease at once",
    async run({ store }) {
      await recordWithChat(store, 1);
      const [leased] = await store.deliveries.claim({ ...claim, owner: "first" });
      const failure = { error: "no", retryAt: sampleTime };
      await store.deliveries.failed([leased?.id ?? ""], "first", failure);
      const claimed = await store.deliveries.claim({ ...claim, owner: "second" });
      expectEqual(
        claimed.map((one) => one.attempts),
        [2],
        "the attempts of what is claimed next",
      );
    },
  },
  {
    name: "leases: owners that claim at once never get the same delivery, and miss none",
    async run({ store, connect }) {
      const stores = [store, await connect()];
      await recordWithChat(store, 40);
      const claims = await Promise.all(
        Array.from({ length: 10 }, (_, i) =>
          (stores[i % 2] ?? store).deliveries.claim({ ...claim, owner: `o${i}`, limit: 6 }),
        ),
      );
      const rest = await store.deliveries.claim({ ...claim, owner: "last", limit: 100 });
      const claimed = [...claims, rest].flat().map((delivery) => delivery.id);
      expectEqual(new Set(claimed).size, claimed.length, "how many different ones were claimed");
      expectEqual(claimed.length, 40, "how many were claimed");
    },
  },
];
