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

  /** Those of its line that may be claimed with it: from the oldest pending one on, up to one that is not free. */
  const lineOf = ({ delivery: { notifier, order } }: LeasedDelivery): LeasedDelivery[] => {
    const line = pending.filter(
      ({ delivery }) => delivery.notifier === notifier && delivery.order === order,
    );
    const blocked = line.findIndex((one) => !isFree(one));
    return blocked < 0 ? line : line.slice(0, blocked);
  };

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

  const due = pending
    .filter((one) => isFree(one) && notifiers.includes(one.delivery.notifier))
    .sort((one, other) => one.delivery.dueAt - other.delivery.dueAt);
  const lines = new Set<string>();
  const claimed = new Set<LeasedDelivery>();
  let batches = 0;
  for (const one of due) {
    const { notifier, order } = one.delivery;
    const line = order === undefined ? undefined : JSON.stringify([notifier, order]);
    if (line !== undefined && lines.has(line)) continue;
    if (line !== undefined) lines.add(line);
    for (const next of line === undefined ? [one] : lineOf(one)) {
      if (claimed.has(next)) continue;
      if (batches === limit) return [...claimed];
      batches += 1;
      for (const member of membersOf(next)) claimed.add(member);
    }
  }
  return [...claimed];
}
