import { type ClaimQuery, type Delivery, maxBatchDeliveries } from "@straycall/core";
import { type DocumentRow, readDocument } from "./document.js";
import { keyText } from "./key-text.js";
import type { Sql } from "./sql.js";

/** Chooses what a claim leases, and seals the batches: to be leased in the same transaction. */
export function claimBatches(sql: Sql, query: ClaimQuery): Delivery[] {
  const claimed = new Map<string, Delivery>();
  for (const first of dueDeliveries(sql, query)) {
    if (claimed.has(first.id)) continue;
    for (const member of membersOf(sql, first, query.now)) claimed.set(member.id, member);
  }
  return [...claimed.values()];
}

/** Those that are due and free, and behind none of their order that is not. */
function dueDeliveries(sql: Sql, { notifiers, now, limit }: ClaimQuery): Delivery[] {
  return sql
    .all<DocumentRow>(
      `SELECT document FROM deliveries AS due
       WHERE notifier IN (SELECT value FROM json_each(?)) AND is_pending = 1 AND due_at <= ?
         AND (lease_until IS NULL OR lease_until <= ?)
         AND (line IS NULL OR NOT EXISTS (
           SELECT 1 FROM deliveries AS older
           WHERE older.line = due.line AND older.notifier = due.notifier
             AND older.position < due.position AND older.is_pending = 1
             AND (older.due_at > ? OR older.lease_until > ?)))
       ORDER BY due_at, position LIMIT ?`,
      JSON.stringify(notifiers.map(keyText)),
      now,
      now,
      now,
      now,
      limit,
    )
    .map((row) => readDocument<Delivery>(row));
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
