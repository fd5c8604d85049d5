import { type ClaimQuery, type Delivery, maxBatchDeliveries } from "@straycall/core";
import { type DocumentRow, readDocument } from "./document.js";
import { keyText } from "./key-text.js";
import type { Sql } from "./sql.js";

/** Leases a delivery and answers with it as it is then. */
export type LeaseDelivery = (delivery: Delivery) => Delivery;

/** Chooses what a claim leases, seals the batches, and leases them: to be done in one transaction. */
export function claimBatches(sql: Sql, query: ClaimQuery, lease: LeaseDelivery): Delivery[] {
  const { now, limit } = query;
  const claimed = new Map<string, Delivery>();
  const lines = new Set<string>();
  let batches = 0;
  const claimBatch = (first: Delivery) => {
    if (claimed.has(first.id)) return;
    batches += 1;
    for (const member of membersOf(sql, first, now)) claimed.set(member.id, lease(member));
  };
  while (batches < limit) {
    const due = dueDeliveries(sql, query, lines, limit - batches);
    if (due.length === 0) break;
    for (const first of due) {
      if (first.order === undefined) {
        claimBatch(first);
        continue;
      }
      const line = lineKey(first.notifier, first.order);
      if (lines.has(line)) continue;
      lines.add(line);
      for (const next of lineOf(sql, first, now, limit - batches)) {
        if (batches < limit) claimBatch(next);
      }
    }
  }
  return [...claimed.values()];
}

/** As the query below makes it: no key has a line break in it. */
const lineKey = (notifier: string, order: string) => `${keyText(notifier)}\n${keyText(order)}`;

/** Those that are due and free, the oldest first, and in none of these lines. */
function dueDeliveries(
  sql: Sql,
  { notifiers, now }: ClaimQuery,
  lines: ReadonlySet<string>,
  limit: number,
): Delivery[] {
  return sql
    .all<DocumentRow>(
      `SELECT document FROM deliveries
       WHERE notifier IN (SELECT value FROM json_each(?)) AND is_pending = 1 AND due_at <= ?
         AND (lease_until IS NULL OR lease_until <= ?)
         AND (line IS NULL OR notifier || char(10) || line NOT IN (SELECT value FROM json_each(?)))
       ORDER BY due_at, position LIMIT ?`,
      JSON.stringify(notifiers.map(keyText)),
      now,
      now,
      JSON.stringify([...lines]),
      limit,
    )
    .map((row) => readDocument<Delivery>(row));
}

/** Those of a delivery's line that may be claimed with it: from the oldest pending one on, up to one that is not free. */
function lineOf(
  sql: Sql,
  { notifier, order = "" }: Delivery,
  now: number,
  limit: number,
): Delivery[] {
  const line = sql.all<DocumentRow & { is_free: number }>(
    `SELECT document, due_at <= ? AND (lease_until IS NULL OR lease_until <= ?) AS is_free
     FROM deliveries WHERE line = ? AND notifier = ? AND is_pending = 1
     ORDER BY position LIMIT ?`,
    now,
    now,
    keyText(order),
    keyText(notifier),
    limit,
  );
  const blocked = line.findIndex((row) => row.is_free === 0);
  return (blocked < 0 ? line : line.slice(0, blocked)).map((row) => readDocument<Delivery>(row));
}

/** All that are told together with a delivery; a bundle's become a batch. */
function membersOf(sql: Sql, first: Delivery, now: number): Delivery[] {
  if (first.batch !== undefined) return batchOf(sql, first.batch);
  if (first.bundle === undefined) return [first];
  const members = sql
    .all<DocumentRow>(
      `SELECT document FROM deliveries
       WHERE bundle = ? AND notifier = ? AND is_pending = 1 AND batch IS NULL
         AND due_at <= ? AND (lease_until IS NULL OR lease_until <= ?)
       ORDER BY position LIMIT ?`,
      keyText(first.bundle),
      keyText(first.notifier),
      now,
      now,
      maxBatchDeliveries,
    )
    .map((row) => readDocument<Delivery>(row));
  const batch = members[0]?.id ?? first.id;
  return members.map((member) => ({ ...member, batch }));
}

/** The pending members of a batch, the oldest first. */
function batchOf(sql: Sql, batch: string): Delivery[] {
  return sql
    .all<DocumentRow>(
      "SELECT document FROM deliveries WHERE batch = ? AND is_pending = 1 ORDER BY position",
      keyText(batch),
    )
    .map((row) => readDocument<Delivery>(row));
}
