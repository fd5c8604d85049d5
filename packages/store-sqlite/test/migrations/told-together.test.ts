import { join } from "node:path";
import { expect, it } from "vitest";
import { sqliteDriver } from "../../src/driver.js";
import { firstSchema } from "../../src/migrations/0001-first-schema.js";
import { whoCallsWhat } from "../../src/migrations/0002-who-calls-what.js";
import { migrate } from "../../src/migrations/migrate.js";
import { sqliteStore } from "../../src/sqlite-store.js";
import { recordRequest } from "../sample-detections.js";
import { temporaryFolder } from "../temporary-folder.js";

const folder = temporaryFolder();

it("a database of before deliveries were told together keeps how bad detections are and what became of deliveries", async () => {
  const path = join(folder, "older.db");
  const connection = new (sqliteDriver().DatabaseSync)(path);
  migrate(connection, [firstSchema, whoCallsWhat]);
  const insertDetection = connection.prepare(
    "INSERT INTO detections (id, job_key, kind, subject, run_key, status, document) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const insertDelivery = connection.prepare(
    "INSERT INTO deliveries (id, detection_id, notifier, is_pending, due_at, document) VALUES (?, ?, ?, ?, ?, ?)",
  );
  for (const [id, severity, status] of [
    ["d1", "low", "delivered"],
    ["d2", "high", "pending"],
    ["d3", "critical", "dead"],
  ] as const) {
    const { detection, deliveries } = recordRequest(id, `${id}.example`);
    const { jobKey, kind, subject, run } = detection;
    const document = JSON.stringify({ ...detection, severity });
    insertDetection.run(id, jobKey, kind, subject, run.key, "new", document);
    for (const delivery of deliveries) {
      const isPending = status === "pending" ? 1 : 0;
      const text = JSON.stringify({ ...delivery, status });
      insertDelivery.run(delivery.id, id, delivery.notifier, isPending, delivery.dueAt, text);
    }
  }
  connection.close();

  const store = sqliteStore({ path });
  const bad = await store.detections.list({ minimumSeverity: "high" });
  expect(bad.items.map(({ id }) => id)).toEqual(["d3", "d2"]);
  expect(await store.deliveries.counts()).toEqual([
    { notifier: "chat", pending: 1, delivered: 1, dead: 1 },
  ]);
  const claim = { notifiers: ["chat"], owner: "o", now: 2e12, leaseUntil: 3e12, limit: 9 };
  expect((await store.deliveries.claim(claim)).map(({ id }) => id)).toEqual(["d2:chat"]);
  expect(await store.suppressions.revision()).toBe(0);
  await store.close();
});
