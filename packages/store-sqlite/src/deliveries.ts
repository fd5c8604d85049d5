import type { Delivery, DeliveryCounts, DeliveryQuery, DeliveryStore } from "@straycall/core";
import { claimBatches } from "./claim-batches.js";
import type { Database } from "./database.js";
import { type DocumentRow, readDocument } from "./document.js";
import { keyOfText, keyText } from "./key-text.js";
import { pageOf, positionAfter, rowsForPage } from "./paging.js";
import type { Sql } from "./sql.js";

export function sqliteDeliveries(database: Database): DeliveryStore {
  return {
    claim: (query) =>
      database.write((sql) =>
        claimBatches(sql, query, (delivery) => {
          const claimed = { ...delivery, attempts: delivery.attempts + 1 };
          writeDelivery(sql, claimed, { owner: query.owner, until: query.leaseUntil });
          return claimed;
        }),
      ),
    delivered: (ids, owner, now, receipt) =>
      database.write((sql) =>
        settle(sql, ids, owner, (delivery) => ({
          ...delivery,
          status: "delivered",
          deliveredAt: now,
          ...(receipt === undefined ? {} : { receipt }),
        })),
      ),
    failed: (ids, owner, { error, retryAt }) =>
      database.write((sql) =>
        settle(sql, ids, owner, (delivery) => ({
          ...delivery,
          lastError: error,
          ...(retryAt === undefined ? { status: "dead" } : { dueAt: retryAt }),
        })),
      ),
    release: (ids, owner) =>
      database.write((sql) =>
        settle(sql, ids, owner, (delivery) => ({ ...delivery, attempts: delivery.attempts - 1 })),
      ),
    hasten: (bundle, now) =>
      database.write((sql) => {
        const waiting = sql.all<DocumentRow>(
          `SELECT document FROM deliveries
           WHERE bundle = ? AND is_pending = 1 AND batch IS NULL AND due_at > ?`,
          keyText(bundle),
          now,
        );
        for (const row of waiting) {
          changeDelivery(sql, { ...readDocument<Delivery>(row), dueAt: now });
        }
        return waiting.length;
      }),
    revive: (id, now) =>
      database.write((sql) => {
        const dead = deadWith(sql, id);
        for (const delivery of dead) {
          changeDelivery(sql, { ...delivery, status: "pending", dueAt: now, attempts: 0 });
        }
        return dead.length > 0;
      }),
    newest: (notifier, bundle) =>
      database.read((sql) => {
        const row = sql.get<DocumentRow>(
          `SELECT document FROM deliveries WHERE bundle = ? AND notifier = ?
           ORDER BY position DESC LIMIT 1`,
          keyText(bundle),
          keyText(notifier),
        );
        return row && readDocument<Delivery>(row);
      }),
    list: (detectionId) =>
      database.read((sql) =>
        sql
          .all<DocumentRow>(
            "SELECT document FROM deliveries WHERE detection_id = ? ORDER BY position",
            keyText(detectionId),
          )
          .map((row) => readDocument<Delivery>(row)),
      ),
    find: (query = {}) =>
      database.read((sql) => {
        const rows = foundRows(sql, query);
        const page = pageOf(rows, query, ({ position }) => [position, ""]);
        return { ...page, items: page.items.map((row) => readDocument<Delivery>(row)) };
      }),
    counts: () => database.read(deliveryCounts),
  };
}

export function insertDelivery(sql: Sql, delivery: Delivery): void {
  sql.run(
    `INSERT INTO deliveries
       (id, detection_id, notifier, is_pending, status, due_at, bundle, batch, line, document)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    keyText(delivery.id),
    keyText(delivery.detectionId),
    keyText(delivery.notifier),
    delivery.status === "pending" ? 1 : 0,
    delivery.status,
    delivery.dueAt,
    textOrNull(delivery.bundle),
    textOrNull(delivery.batch),
    textOrNull(delivery.order),
    JSON.stringify(delivery),
  );
}

const textOrNull = (key: string | undefined) => (key === undefined ? null : keyText(key));

/** Ends the leases that `owner` holds and writes down how it went; answers how many those were. */
function settle(
  sql: Sql,
  ids: readonly string[],
  owner: string,
  change: (delivery: Delivery) => Delivery,
): number {
  let held = 0;
  for (const id of new Set(ids)) {
    const row = sql.get<DocumentRow>(
      "SELECT document FROM deliveries WHERE id = ? AND lease_owner = ?",
      keyText(id),
      keyText(owner),
    );
    if (row === undefined) continue;
    held += 1;
    writeDelivery(sql, change(readDocument(row)));
  }
  return held;
}

/** Writes a delivery and who holds it now: nobody, without a lease. */
function writeDelivery(
  sql: Sql,
  delivery: Delivery,
  lease?: { owner: string; until: number },
): void {
  changeDelivery(sql, delivery);
  sql.run(
    "UPDATE deliveries SET lease_owner = ?, lease_until = ? WHERE id = ?",
    lease === undefined ? null : keyText(lease.owner),
    lease?.until ?? null,
    keyText(delivery.id),
  );
}

/** Writes a delivery and leaves who holds it. */
function changeDelivery(sql: Sql, delivery: Delivery): void {
  sql.run(
    `UPDATE deliveries SET is_pending = ?, status = ?, due_at = ?, batch = ?, document = ?
     WHERE id = ?`,
    delivery.status === "pending" ? 1 : 0,
    delivery.status,
    delivery.dueAt,
    textOrNull(delivery.batch),
    JSON.stringify(delivery),
    keyText(delivery.id),
  );
}

/** A dead delivery, and the dead ones of its batch. */
function deadWith(sql: Sql, id: string): Delivery[] {
  const row = sql.get<DocumentRow>(
    "SELECT document FROM deliveries WHERE id = ? AND status = 'dead'",
    keyText(id),
  );
  if (row === undefined) return [];
  const delivery = readDocument<Delivery>(row);
  if (delivery.batch === undefined) return [delivery];
  return sql
    .all<DocumentRow>(
      "SELECT document FROM deliveries WHERE batch = ? AND status = 'dead' ORDER BY position",
      keyText(delivery.batch),
    )
    .map((member) => readDocument<Delivery>(member));
}

function foundRows(sql: Sql, query: DeliveryQuery): (DocumentRow & { position: number })[] {
  const [before] = positionAfter(query, [Number.MAX_SAFE_INTEGER, ""]);
  const { notifier, status } = query;
  return sql.all(
    `SELECT position, document FROM deliveries
     WHERE position < ?${notifier === undefined ? "" : " AND notifier = ?"}${
       status === undefined ? "" : " AND status = ?"
     }
     ORDER BY position DESC LIMIT ?`,
    before,
    ...(notifier === undefined ? [] : [keyText(notifier)]),
    ...(status === undefined ? [] : [status]),
    rowsForPage(query),
  );
}

function deliveryCounts(sql: Sql): DeliveryCounts[] {
  const rows = sql.all<{ notifier: string; status: Delivery["status"]; count: number }>(
    "SELECT notifier, status, COUNT(*) AS count FROM deliveries GROUP BY notifier, status",
  );
  const counts = new Map<string, DeliveryCounts>();
  for (const { notifier: text, status, count } of rows) {
    const notifier = keyOfText(text);
    const known = counts.get(notifier) ?? { notifier, pending: 0, delivered: 0, dead: 0 };
    counts.set(notifier, { ...known, [status]: count });
  }
  return [...counts.values()].sort((one, other) => (one.notifier < other.notifier ? -1 : 1));
}
