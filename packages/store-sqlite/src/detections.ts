import type { Detection, DetectionQuery, DetectionStore } from "@straycall/core";
import { baselineRevision } from "./baselines.js";
import type { Database } from "./database.js";
import { insertDelivery } from "./deliveries.js";
import { type DocumentRow, readDocument } from "./document.js";
import { keyText } from "./key-text.js";
import { pageOf, positionAfter, rowsForPage } from "./paging.js";
import type { Sql } from "./sql.js";

export function sqliteDetections(database: Database): DetectionStore {
  return {
    async record(request) {
      const { detection, deliveries, baselineRevision: decidedOn } = structuredClone(request);
      return database.write((sql) => {
        const known = sameDetection(sql, detection);
        if (known) return { outcome: "known", detection: known };
        if (baselineRevision(sql, detection.jobKey) !== decidedOn) return { outcome: "stale" };
        insertDetection(sql, detection);
        for (const delivery of deliveries) insertDelivery(sql, delivery);
        return { outcome: "recorded", detection };
      });
    },
    get: (id) =>
      database.read((sql) => {
        const row = sql.get<DocumentRow>(
          "SELECT document FROM detections WHERE id = ?",
          keyText(id),
        );
        return row && readDocument<Detection>(row);
      }),
    list: (query = {}) =>
      database.read((sql) => {
        const rows = listedRows(sql, query);
        const page = pageOf(rows, query, ({ position }) => [position, ""]);
        return { ...page, items: page.items.map((row) => readDocument<Detection>(row)) };
      }),
  };
}

/** The one that this job has of this kind and subject. */
function sameDetection(sql: Sql, { jobKey, kind, subject }: Detection): Detection | undefined {
  const row = sql.get<DocumentRow>(
    "SELECT document FROM detections WHERE job_key = ? AND kind = ? AND subject = ?",
    keyText(jobKey),
    kind,
    keyText(subject),
  );
  return row && readDocument<Detection>(row);
}

function insertDetection(sql: Sql, detection: Detection): void {
  sql.run(
    `INSERT INTO detections (id, job_key, kind, subject, run_key, status, document)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    keyText(detection.id),
    keyText(detection.jobKey),
    detection.kind,
    keyText(detection.subject),
    keyText(detection.run.key),
    detection.status,
    JSON.stringify(detection),
  );
}

function listedRows(sql: Sql, query: DetectionQuery): (DocumentRow & { position: number })[] {
  const [before] = positionAfter(query, [Number.MAX_SAFE_INTEGER, ""]);
  const conditions = ["position < ?"];
  const values: (string | number)[] = [before];
  const only = (column: string, value: string | undefined) => {
    if (value === undefined) return;
    conditions.push(`${column} = ?`);
    values.push(keyText(value));
  };
  only("job_key", query.jobKey);
  only("run_key", query.runKey);
  only("status", query.status);
  return sql.all(
    `SELECT position, document FROM detections WHERE ${conditions.join(" AND ")}
     ORDER BY position DESC LIMIT ?`,
    ...values,
    rowsForPage(query),
  );
}
