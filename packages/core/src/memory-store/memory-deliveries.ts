import type { DeliveryStore } from "../contracts/store/delivery-store.js";
import type { Delivery } from "../delivery/delivery.js";
import { claimBatches } from "./claim-batches.js";
import { inMemory, type LeasedDelivery, type MemoryState } from "./memory-state.js";
import { pageOf } from "./page-of.js";

export function memoryDeliveries(state: MemoryState): DeliveryStore {
  const all = () => [...state.deliveries.values()];

  /** Ends the leases that `owner` holds and writes down how it went; answers how many those were. */
  const settle = (
    ids: readonly string[],
    owner: string,
    changes: (delivery: Delivery) => Partial<Delivery>,
  ): number => {
    const held = [...new Set(ids)]
      .map((id) => state.deliveries.get(id))
      .filter((one): one is LeasedDelivery => one?.lease?.owner === owner);
    for (const one of held) {
      delete one.lease;
      Object.assign(one.delivery, changes(one.delivery));
    }
    return held.length;
  };

  return {
    claim: (query) =>
      inMemory(state, () =>
        claimBatches(all(), query).map((claimed) => {
          claimed.lease = { owner: query.owner, until: query.leaseUntil };
          claimed.delivery.attempts += 1;
          return claimed.delivery;
        }),
      ),
    delivered: (ids, owner, now, receipt) =>
      inMemory(state, () =>
        settle(ids, owner, () => ({
          status: "delivered",
          deliveredAt: now,
          ...(receipt === undefined ? {} : { receipt }),
        })),
      ),
    failed: (ids, owner, { error, retryAt }) =>
      inMemory(state, () =>
        settle(ids, owner, () => ({
          lastError: error,
          ...(retryAt === undefined ? { status: "dead" } : { dueAt: retryAt }),
        })),
      ),
    release: (ids, owner) =>
      inMemory(state, () => settle(ids, owner, ({ attempts }) => ({ attempts: attempts - 1 }))),
    hasten: (bundle, now) =>
      inMemory(state, () => {
        const waiting = all().filter(
          ({ delivery }) =>
            delivery.status === "pending" &&
            delivery.bundle === bundle &&
            delivery.batch === undefined &&
            delivery.dueAt > now,
        );
        for (const { delivery } of waiting) delivery.dueAt = now;
        return waiting.length;
      }),
    revive: (id, now) =>
      inMemory(state, () => {
        const dead = state.deliveries.get(id)?.delivery;
        if (dead?.status !== "dead") return false;
        for (const { delivery } of all()) {
          const isWithIt = dead.batch !== undefined && delivery.batch === dead.batch;
          if (delivery.status !== "dead" || (delivery !== dead && !isWithIt)) continue;
          Object.assign(delivery, { status: "pending", dueAt: now, attempts: 0 });
        }
        return true;
      }),
    newest: (notifier, bundle) =>
      inMemory(
        state,
        () =>
          all().findLast(
            ({ delivery }) => delivery.notifier === notifier && delivery.bundle === bundle,
          )?.delivery,
      ),
    list: (detectionId) =>
      inMemory(state, () =>
        all()
          .map(({ delivery }) => delivery)
          .filter((delivery) => delivery.detectionId === detectionId),
      ),
    find: ({ notifier, status, ...page } = {}) =>
      inMemory(state, () => {
        const numbered = all().map(({ delivery }, position) => ({ delivery, position }));
        const found = numbered.filter(
          ({ delivery }) =>
            (notifier === undefined || delivery.notifier === notifier) &&
            (status === undefined || delivery.status === status),
        );
        const shown = pageOf(found, ({ delivery, position }) => [-position, delivery.id], page);
        return { ...shown, items: shown.items.map(({ delivery }) => delivery) };
      }),
    counts: () =>
      inMemory(state, () => {
        const names = new Set(all().map(({ delivery }) => delivery.notifier));
        const count = (name: string, status: Delivery["status"]) =>
          all().filter(({ delivery }) => delivery.notifier === name && delivery.status === status)
            .length;
        return [...names].sort().map((notifier) => ({
          notifier,
          pending: count(notifier, "pending"),
          delivered: count(notifier, "delivered"),
          dead: count(notifier, "dead"),
        }));
      }),
  };
}
