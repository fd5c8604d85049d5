import { type ClaimQuery, maxBatchDeliveries } from "../contracts/store/delivery-store.js";
import type { LeasedDelivery } from "./memory-state.js";

/** Chooses what a claim leases, and seals the batches: `all` are in the order they were made. */
export function claimBatches(
  all: readonly LeasedDelivery[],
  { notifiers, now, limit }: ClaimQuery,
): LeasedDelivery[] {
  const pending = all.filter(({ delivery }) => delivery.status === "pending");
  const isFree = ({ delivery, lease }: LeasedDelivery) =>
    delivery.dueAt <= now && (lease === undefined || lease.until <= now);

  const due = unblocked(pending, isFree)
    .filter(({ delivery }) => notifiers.includes(delivery.notifier))
    .sort((one, other) => one.delivery.dueAt - other.delivery.dueAt);

  const membersOf = (first: LeasedDelivery): LeasedDelivery[] => {
    const { id, notifier, bundle, batch } = first.delivery;
    if (batch !== undefined) return pending.filter(({ delivery }) => delivery.batch === batch);
    if (bundle === undefined) return [first];
    const members = pending
      .filter(({ delivery }) => delivery.notifier === notifier && delivery.bundle === bundle)
      .filter((one) => one.delivery.batch === undefined && isFree(one))
      .slice(0, maxBatchDeliveries);
    for (const { delivery } of members) delivery.batch = members[0]?.delivery.id ?? id;
    return members;
  };

  const claimed = new Set<LeasedDelivery>();
  let batches = 0;
  for (const one of due) {
    if (claimed.has(one)) continue;
    if (batches === limit) break;
    batches += 1;
    for (const member of membersOf(one)) claimed.add(member);
  }
  return [...claimed];
}

/** Those that are free and behind none of their order that is not. */
function unblocked(
  pending: readonly LeasedDelivery[],
  isFree: (one: LeasedDelivery) => boolean,
): LeasedDelivery[] {
  const blocked = new Set<string>();
  return pending.filter((one) => {
    const { notifier, order } = one.delivery;
    const line = order === undefined ? undefined : JSON.stringify([notifier, order]);
    if (line !== undefined && blocked.has(line)) return false;
    if (isFree(one)) return true;
    if (line !== undefined) blocked.add(line);
    return false;
  });
}
