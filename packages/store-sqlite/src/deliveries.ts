import type { Delivery, DeliveryStore } from "@straycall/core";
import type { Database } from "./database.js";
import { type DocumentRow, readDocument } from "./document.js";
import { keyText } from "./key-text.js";
import type { Sql } from "./sql.js";

export function sqliteDeliveries(database: Database): DeliveryStore {
  return {
    claim: ({ notifiers, owner, now, leaseUntil, limit }) =>
      database.write((sql) => {
        const due = sql.all<DocumentRow>(
          `SELECT document FROM deliveries
           WHERE notifier IN (SELECT value FROM json_each(?)) AND is_pending = 1 AND due_at <= ?
             AND (lease_until IS NULL OR lease_until <= ?)
           ORDER BY due_at, position LIMIT ?`,
          JSON.stringify(notifiers.map(keyText)),
          now,
          now,
          limit,
        );
        return due.map((row) => {
          const delivery = readDocument<Delivery>(row);
          const claimed = { ...delivery, attempts: delivery.attempts + 1 };
          writeDelivery(sql, claimed, { owner, until: leaseUntil });
          return claimed;
        });
      }),
    delivered: (id, owner, now) =>
      database.write((sql) =>
        settle(sql, id, owner, (delivery) => ({
          ...delivery,
          status: "delivered",
          deliveredAt: now,
        })),
      ),
    failed: (id, owner, { error, retryAt }) =>
      database.write((sql) =>
        settle(sql, id, owner, (delivery) => ({
          ...delivery,
          lastError: error,
          ...(retryAt === undefined ? { status: "dead" } : { dueAt: retryAt }),
        })),
      ),
    list: (detectionId) =>
      database.read((sql) =>
        sql
          .all<DocumentRow>(
            "SELECT document FROM deliveries WHERE detection_id = ? ORDER BY position",
            keyText(detectionId),
          )
          .map((row) => readDocument<Delivery>(row)),
      ),
  };
}

export function insertDelivery(sql: Sql, delivery: Delivery): void {
  sql.run(
    `INSERT INTO deliveries (id, detection_id, notifier, is_pending, due_at, document)
     VALUES (?, ?, ?, ?, ?, ?)`,
    keyText(delivery.id),
    keyText(delivery.detectionId),
    keyText(delivery.notifier),
    delivery.status === "pending" ? 1 : 0,
    delivery.dueAt,
    JSON.stringify(delivery),
  );
}

/** Ends the lease of a delivery that `owner` holds and writes down how it went; `false` if it holds none. */
function settle(
  sql: Sql,
  id: string,
  owner: string,
  change: (delivery: Delivery) => Delivery,
): boolean {
  const row = sql.get<DocumentRow>(
    "SELECT document FROM deliveries WHERE id = ? AND lease_owner = ?",
    keyText(id),
    keyText(owner),
  );
  if (row === undefined) return false;
  writeDelivery(sql, change(readDocument(row)));
  return true;
}

function writeDelivery(
  sql: Sql,
  delivery: Delivery,
  lease?: { owner: string; until: number },
): void {
  sql.run(
    `UPDATE deliveries SET is_pending = ?, due_at = ?, lease_owner = ?, lease_until = ?, document = ?
     WHERE id = ?`,
    delivery.status === "pending" ? 1 : 0,
    delivery.dueAt,
    lease === undefined ? null : keyText(lease.owner),
    lease?.until ?? null,
    JSON.stringify(delivery),
    keyText(delivery.id),
  );
}
