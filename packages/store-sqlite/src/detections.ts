import {
  type Detection,
  type DetectionQuery,
  type DetectionStore,
  detectionSearchText,
  type JobKey,
  type RecordDetection,
  reviewed,
  searchTerm,
  severities,
} from "@straycall/core";
import { baselineRevision } from "./baselines.js";
import { repositoryCondition, searchCondition } from "./conditions.js";
import type { Database } from "./database.js";
import { insertDelivery } from "./deliveries.js";
import { type DocumentRow, readDocument } from "./document.js";
import { keyText } from "./key-text.js";
import { pageOf, positionAfter, rowsForPage } from "./paging.js";
import type { Sql } from "./sql.js";
import { suppressionRevision } from "./suppressions.js";

export function sqliteDetections(database: Database): DetectionStore {
  return {
    async record(request) {
      const { detection, deliveries, ...decidedOn } = structuredClone(request);
      return database.write((sql) => {
        const known = sameDetection(sql, detection);
        if (known) return { outcome: "known", detection: known };
        if (isStale(sql, detection.jobKey, decidedOn)) return { outcome: "stale" };
        insertDetection(sql, detection);
        for (const delivery of deliveries) insertDelivery(sql, delivery);
        return { outcome: "recorded", detection };
      });
    },
    review: (id, decide) =>
      database.write((sql) => {
        const before = detectionOf(sql, id);
        const decision = before && decide(structuredClone(before));
        if (before === undefined || decision === undefined) return before;
        const after = structuredClone(reviewed(before, decision.review));
        sql.run(
          "UPDATE detections SET status = ?, document = ? WHERE id = ?",
          after.status,
          JSON.stringify(after),
          keyText(id),
        );
        for (const delivery of decision.deliveries) insertDelivery(sql, delivery);
        return after;
      }),
    get: (id) => database.read((sql) => detectionOf(sql, id)),
    list: (query = {}) =>
      database.read((sql) => {
        const rows = listedRows(sql, query);
        const page = pageOf(rows, query, ({ position }) => [position, ""]);
        return { ...page, items: page.items.map((row) => readDocument<Detection>(row)) };
      }),
  };
}

function detectionOf(sql: Sql, id: string): Detection | undefined {
  const row = sql.get<DocumentRow>("SELECT document FROM detections WHERE id = ?", keyText(id));
  return row && readDocument<Detection>(row);
}

/** Whether what a detection was decided on has moved on since. */
function isStale(
  sql: Sql,
  jobKey: JobKey,
  decidedOn: Pick<RecordDetection, "baselineRevision" | "suppressionRevision">,
): boolean {
  if (baselineRevision(sql, jobKey) !== decidedOn.baselineRevision) return true;
  const { suppressionRevision: rules } = decidedOn;
  return rules !== undefined && rules !== suppressionRevision(sql);
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
  const { repository, search_text } = detectionColumns(detection);
  sql.run(
    `INSERT INTO detections
       (id, job_key, kind, subject, run_key, status, severity, repository, search_text, document)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    keyText(detection.id),
    keyText(detection.jobKey),
    detection.kind,
    keyText(detection.subject),
    keyText(detection.run.key),
    detection.status,
    detection.severity,
    repository,
    search_text,
    JSON.stringify(detection),
  );
}

/** What never changes of a detection and is asked, as its columns hold it. */
export function detectionColumns(detection: Detection) {
  return {
    repository: keyText(detection.job.repository.toLowerCase()),
    search_text: keyText(detectionSearchText(detection)),
  };
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
  only("kind", query.kind);
  only("subject", query.subject);
  const wanted = [
    repositoryCondition(query.repositories),
    searchCondition(searchTerm(query.search ?? "")),
  ];
  for (const condition of wanted) {
    if (condition === undefined) continue;
    conditions.push(condition.sql);
    values.push(...condition.values);
  }
  const { minimumSeverity } = query;
  if (minimumSeverity !== undefined) {
    const bad = severities.slice(severities.indexOf(minimumSeverity));
    conditions.push(`severity IN (${bad.map(() => "?").join(", ")})`);
    values.push(...bad);
  }
  return sql.all(
    `SELECT position, document FROM detections WHERE ${conditions.join(" AND ")}
     ORDER BY position DESC LIMIT ?`,
    ...values,
    rowsForPage(query),
  );
}
