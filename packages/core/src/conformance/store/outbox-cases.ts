import { allPages } from "./all-pages.js";
import { recordOne } from "./batch-cases.js";
import { expectEqual } from "./expect.js";
import { sampleTime } from "./sample-data.js";
import type { StoreCase } from "./store-case.js";

const leaseUntil = sampleTime + 1_000;
const claim = { notifiers: ["chat", "mail"], owner: "o", now: sampleTime, leaseUntil, limit: 10 };

export const outboxCases: readonly StoreCase[] = [
  {
    name: "outbox: what was not tried is given back, and that is no attempt",
    async run({ store }) {
      const delivery = await recordOne(store, "d1");
      await store.deliveries.claim(claim);
      expectEqual(await store.deliveries.release(["d1:chat"], "thief"), 0, "a stranger's answer");
      expectEqual(await store.deliveries.release(["d1:chat", "d9"], "o"), 1, "the answer");
      expectEqual(await store.deliveries.list("d1"), [delivery], "the delivery");
      const [again] = await store.deliveries.claim({ ...claim, owner: "p" });
      expectEqual(again?.attempts, 1, "the attempts of whoever claims it next");
    },
  },
  {
    name: "outbox: a dead delivery can be revived, with those that are told with it",
    async run({ store }) {
      for (const id of ["d1", "d2"]) await recordOne(store, id, { bundle: "run:1" });
      expectEqual(await store.deliveries.revive("d1:chat", sampleTime), false, "one not dead");
      expectEqual(await store.deliveries.revive("nothing", sampleTime), false, "an unknown one");
      await store.deliveries.claim(claim);
      await store.deliveries.failed(["d1:chat", "d2:chat"], "o", { error: "gone" });
      const at = sampleTime + 100;
      expectEqual(await store.deliveries.revive("d2:chat", at), true, "one that is dead");
      const early = await store.deliveries.claim({ ...claim, now: at - 1, leaseUntil: at + 50 });
      expectEqual(early, [], "what is claimed before that");
      const claimed = await store.deliveries.claim({ ...claim, now: at, leaseUntil: at + 50 });
      expectEqual(
        claimed.map(({ id, batch, attempts }) => ({ id, batch, attempts })),
        ["d1:chat", "d2:chat"].map((id) => ({ id, batch: "d1:chat", attempts: 1 })),
        "what is claimed",
      );
    },
  },
  {
    name: "outbox: deliveries are found by notifier and status, the last made first, page by page",
    async run({ store }) {
      for (let i = 0; i < 7; i += 1) await recordOne(store, `d${i}`);
      await recordOne(store, "m", { notifier: "mail" });
      await store.deliveries.claim({ ...claim, notifiers: ["chat"], limit: 2 });
      await store.deliveries.failed(["d0:chat"], "o", { error: "gone" });
      await store.deliveries.delivered(["d1:chat"], "o", sampleTime);
      const found = async (query: object) =>
        (await allPages((page) => store.deliveries.find({ ...query, ...page }), 2)).map(
          ({ detectionId }) => detectionId,
        );
      expectEqual(await found({}), ["m", "d6", "d5", "d4", "d3", "d2", "d1", "d0"], "all");
      expectEqual(await found({ notifier: "mail" }), ["m"], "one notifier's");
      expectEqual(await found({ status: "dead" }), ["d0"], "the dead");
      const pending = await found({ status: "pending", notifier: "chat" });
      expectEqual(pending, ["d6", "d5", "d4", "d3", "d2"], "a notifier's pending");
      expectEqual(
        await store.deliveries.counts(),
        [
          { notifier: "chat", pending: 5, delivered: 1, dead: 1 },
          { notifier: "mail", pending: 1, delivered: 0, dead: 0 },
        ],
        "the counts",
      );
    },
  },
];
