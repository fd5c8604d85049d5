import type { DeliveryStore } from "../contracts/store/delivery-store.js";
import type { Delivery } from "../delivery/delivery.js";
import { inMemory, type LeasedDelivery, type MemoryState } from "./memory-state.js";

export function memoryDeliveries(state: MemoryState): DeliveryStore {
  /** Ends the lease of a delivery that `owner` holds and writes down how it went; `false` if it holds none. */
  const settle = (id: string, owner: string, changes: Partial<Delivery>): boolean => {
    const leased = state.deliveries.get(id);
    if (leased?.lease?.owner !== owner) return false;
    delete leased.lease;
    Object.assign(leased.delivery, changes);
    return true;
  };

  return {
    claim: ({ notifiers, owner, now, leaseUntil, limit }) =>
      inMemory(state, () => {
        const isFree = ({ delivery, lease }: LeasedDelivery) =>
          delivery.status === "pending" &&
          delivery.dueAt <= now &&
          notifiers.includes(delivery.notifier) &&
          (lease === undefined || lease.until <= now);
        const claimed = [...state.deliveries.values()]
          .filter(isFree)
          .sort((a, b) => a.delivery.dueAt - b.delivery.dueAt)
          .slice(0, limit);
        return claimed.map((leased) => {
          leased.lease = { owner, until: leaseUntil };
          leased.delivery.attempts += 1;
          return leased.delivery;
        });
      }),
    delivered: (id, owner, now) =>
      inMemory(state, () => settle(id, owner, { status: "delivered", deliveredAt: now })),
    failed: (id, owner, { error, retryAt }) =>
      inMemory(state, () =>
        settle(id, owner, {
          lastError: error,
          ...(retryAt === undefined ? { status: "dead" } : { dueAt: retryAt }),
        }),
      ),
    list: (detectionId) =>
      inMemory(state, () =>
        [...state.deliveries.values()]
          .map(({ delivery }) => delivery)
          .filter((delivery) => delivery.detectionId === detectionId),
      ),
  };
}
