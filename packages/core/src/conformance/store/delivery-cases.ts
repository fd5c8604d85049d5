import type { Store } from "../../contracts/store.js";
import { expectEqual } from "./expect.js";
import { sampleDelivery, sampleDetection, sampleRun, sampleTime } from "./sample-data.js";
import type { StoreCase } from "./store-case.js";

const detection = sampleDetection(sampleRun("1"), "d1", "evil.example");
const claim = {
  notifiers: ["chat"],
  owner: "worker",
  now: sampleTime,
  leaseUntil: sampleTime + 60_000,
  limit: 10,
};

/** Records one detection with a delivery through `chat` that waits to be sent. */
async function recordWithChat(store: Store) {
  const chat = sampleDelivery(detection, "chat");
  await store.detections.record({ detection, deliveries: [chat], baselineRevision: 0 });
  return chat;
}

export const deliveryCases: readonly StoreCase[] = [
  {
    name: "deliveries: lists a detection's in the order they were made",
    async run({ store }) {
      const deliveries = ["zulip", "chat", "mail"].map((name) => sampleDelivery(detection, name));
      await store.detections.record({ detection, deliveries, baselineRevision: 0 });
      expectEqual(await store.deliveries.list("d1"), deliveries, "the deliveries");
      expectEqual(await store.deliveries.list("nobody"), [], "those of no detection");
    },
  },
  {
    name: "deliveries: claims what is due, and counts the attempt",
    async run({ store }) {
      const chat = await recordWithChat(store);
      const early = await store.deliveries.claim({ ...claim, now: sampleTime - 1 });
      expectEqual(early, [], "what is claimed before it is due");
      const claimed = await store.deliveries.claim(claim);
      expectEqual(claimed, [{ ...chat, attempts: 1 }], "what is claimed when it is due");
      expectEqual(await store.deliveries.list("d1"), [{ ...chat, attempts: 1 }], "the deliveries");
    },
  },
  {
    name: "deliveries: claims for the named notifiers only",
    async run({ store }) {
      const deliveries = ["chat", "mail", "pager"].map((name) => sampleDelivery(detection, name));
      await store.detections.record({ detection, deliveries, baselineRevision: 0 });
      const claimFor = async (...notifiers: string[]) =>
        (await store.deliveries.claim({ ...claim, notifiers })).map((one) => one.notifier).sort();
      expectEqual(await claimFor(), [], "what nobody can send");
      expectEqual(await claimFor("smoke-signals"), [], "what an unknown notifier can send");
      expectEqual(await claimFor("mail", "pager"), ["mail", "pager"], "what two can send");
      expectEqual(await claimFor("chat"), ["chat"], "what one can send");
    },
  },
  {
    name: "deliveries: claims the oldest first, as many as asked for",
    async run({ store }) {
      for (const [id, age] of [
        ["d1", 20],
        ["d2", 40],
        ["d3", 10],
        ["d4", 30],
      ] as const) {
        const recordedAt = sampleTime - age;
        const one = sampleDetection(sampleRun("1"), id, `${id}.example`, { recordedAt });
        const deliveries = [sampleDelivery(one, "chat")];
        await store.detections.record({ detection: one, deliveries, baselineRevision: 0 });
      }
      const claimNext = async (limit: number) =>
        (await store.deliveries.claim({ ...claim, limit })).map((one) => one.detectionId);
      expectEqual(await claimNext(1), ["d2"], "the oldest");
      expectEqual(await claimNext(2), ["d4", "d1"], "the next two");
      expectEqual(await claimNext(10), ["d3"], "the rest");
    },
  },
  {
    name: "deliveries: one that was delivered is never claimed again",
    async run({ store }) {
      const chat = await recordWithChat(store);
      await store.deliveries.claim(claim);
      const now = sampleTime + 5;
      expectEqual(await store.deliveries.delivered([chat.id], "worker", now), 1, "the answer");
      const expected = [{ ...chat, attempts: 1, status: "delivered", deliveredAt: now }];
      expectEqual(await store.deliveries.list("d1"), expected, "the delivery");
      const later = { ...claim, now: sampleTime + 1e9, leaseUntil: sampleTime + 2e9 };
      expectEqual(await store.deliveries.claim(later), [], "what is claimed later");
      const again = await store.deliveries.delivered([chat.id], "worker", now + 1);
      expectEqual(again, 0, "the answer when it is delivered again");
      expectEqual(await store.deliveries.list("d1"), expected, "the delivery after that");
    },
  },
  {
    name: "deliveries: one that failed is due again when it says, and keeps why",
    async run({ store }) {
      const chat = await recordWithChat(store);
      await store.deliveries.claim(claim);
      const failure = { error: "503 from chat", retryAt: sampleTime + 30_000 };
      expectEqual(await store.deliveries.failed([chat.id], "worker", failure), 1, "the answer");
      const [failed] = await store.deliveries.list("d1");
      const expected = { ...chat, attempts: 1, dueAt: failure.retryAt, lastError: failure.error };
      expectEqual(failed, expected, "the delivery");
      const claimAt = (now: number) => store.deliveries.claim({ ...claim, owner: "other", now });
      expectEqual(await claimAt(failure.retryAt - 1), [], "what is claimed before it is due again");
      const claimed = await claimAt(failure.retryAt);
      expectEqual(claimed, [{ ...expected, attempts: 2 }], "what is claimed when it is due again");
    },
  },
  {
    name: "deliveries: one that is given up is dead, and never claimed again",
    async run({ store }) {
      const chat = await recordWithChat(store);
      await store.deliveries.claim(claim);
      const answer = await store.deliveries.failed([chat.id], "worker", { error: "gone for good" });
      expectEqual(answer, 1, "the answer");
      const [dead] = await store.deliveries.list("d1");
      expectEqual(dead?.status, "dead", "the status");
      expectEqual(dead?.lastError, "gone for good", "why");
      const later = { ...claim, now: sampleTime + 1e9, leaseUntil: sampleTime + 2e9 };
      expectEqual(await store.deliveries.claim(later), [], "what is claimed later");
    },
  },
  {
    name: "deliveries: what another owner, or nobody, holds cannot be settled",
    async run({ store }) {
      const chat = await recordWithChat(store);
      const { delivered, failed } = store.deliveries;
      const now = sampleTime + 1;
      const failure = { error: "no", retryAt: now };
      expectEqual(await delivered([chat.id], "worker", now), 0, "delivered, before any claim");
      expectEqual(await failed([chat.id], "worker", failure), 0, "failed, before any claim");
      await store.deliveries.claim(claim);
      expectEqual(await delivered([chat.id], "thief", now), 0, "delivered, by another owner");
      expectEqual(await failed([chat.id], "thief", failure), 0, "failed, by another owner");
      expectEqual(await delivered(["nothing"], "worker", now), 0, "delivered, an unknown one");
      expectEqual(await failed(["nothing"], "worker", failure), 0, "failed, an unknown one");
      const [held] = await store.deliveries.list("d1");
      expectEqual(held, { ...chat, attempts: 1 }, "the delivery");
      expectEqual(await delivered([chat.id], "worker", now), 1, "the answer to its owner");
    },
  },
];
