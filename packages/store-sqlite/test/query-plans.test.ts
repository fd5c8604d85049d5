import { describe, expect, it } from "vitest";
import { sqliteBaselines } from "../src/baselines.js";
import { sqliteCalls } from "../src/calls.js";
import { sqliteDatabase } from "../src/database.js";
import { sqliteDeliveries } from "../src/deliveries.js";
import { sqliteDetections } from "../src/detections.js";
import { sqliteEvents } from "../src/events.js";
import { openConnection } from "../src/open-connection.js";
import { sqliteRuns } from "../src/runs.js";
import { sqliteSettings } from "../src/settings.js";
import { sqliteSuppressions } from "../src/suppressions.js";
import { baselineCalling, jobKey, recordRequest, sampleRun } from "./sample-detections.js";

function bundledRequest(id: string) {
  const request = recordRequest(id, `${id}.example`);
  const deliveries = request.deliveries.map((one) => ({ ...one, bundle: "run:1", order: "run:1" }));
  return { ...request, deliveries };
}

/** A connection that notes every statement it prepares. */
function notingConnection() {
  const connection = openConnection(":memory:");
  const prepare = connection.prepare.bind(connection);
  const texts = new Set<string>();
  const notingPrepare = (text: string) => {
    texts.add(text);
    return prepare(text);
  };
  Object.defineProperty(connection, "prepare", { value: notingPrepare });
  return { connection, texts, prepare };
}

describe("the queries", () => {
  it("all find their rows through an index, in the order they are wanted", async () => {
    const { connection, texts, prepare } = notingConnection();
    const database = sqliteDatabase(connection);
    const runs = sqliteRuns(database);
    const { key } = sampleRun("1");
    await runs.start(sampleRun("1"));
    await runs.update(key, { commit: "c" });
    await runs.list();
    await runs.list({ jobKey });
    await runs.list({ unfinishedOnly: true });
    await runs.list({ jobKey, unfinishedOnly: true });
    await runs.finish(key, { outcome: "success", finishedAt: 0 });
    await sqliteBaselines(database).get(jobKey);
    await sqliteBaselines(database).revision(jobKey);
    await sqliteBaselines(database).list();
    await sqliteBaselines(database).change(jobKey, () => baselineCalling("a.example.com"));
    await sqliteBaselines(database).callers({
      jobKey,
      host: "a.example.com",
      domain: "example.com",
    });
    await sqliteEvents(database).append(key, []);
    await sqliteEvents(database).read(key, 0, 1);
    await sqliteCalls(database).list(key);
    await sqliteCalls(database).list(key, { anomalousOnly: true });
    const detections = sqliteDetections(database);
    await detections.record(recordRequest("d1", "evil.example"));
    await detections.get("d1");
    await detections.list();
    await detections.list({ jobKey });
    await detections.list({ runKey: key });
    await detections.list({ status: "new" });
    const deliveries = sqliteDeliveries(database);
    const claim = { notifiers: ["chat"], owner: "o", now: 2e12, leaseUntil: 3e12, limit: 1 };
    await deliveries.claim(claim);
    await deliveries.delivered(["d1:chat"], "o", 0);
    await deliveries.list("d1");
    await detections.record(bundledRequest("d2"));
    await deliveries.claim(claim);
    await deliveries.failed(["d2:chat"], "o", { error: "gone" });
    await deliveries.revive("d2:chat", 0);
    await deliveries.claim({ ...claim, leaseUntil: 2e12 });
    await deliveries.claim({ ...claim, now: 2e12 });
    await deliveries.hasten("run:1", 0);
    await deliveries.newest("chat", "run:1");
    await deliveries.find();
    await deliveries.find({ status: "dead" });
    await deliveries.find({ notifier: "chat" });
    await deliveries.find({ notifier: "chat", status: "dead" });
    await deliveries.counts();
    await detections.review("d1", () => undefined);
    await detections.list({ kind: "new-endpoint" });
    await detections.list({ minimumSeverity: "high" });
    const suppressions = sqliteSuppressions(database);
    await suppressions.revision();
    await suppressions.list();
    await suppressions.list({ activeAt: 0 });
    await suppressions.get("a");
    await sqliteSettings(database).get("pace");

    const queries = [...texts].filter((text) => /^\s*(SELECT|UPDATE)/.test(text));
    expect(queries.length).toBeGreaterThan(15);
    for (const query of queries) {
      const steps = prepare(`EXPLAIN QUERY PLAN ${query}`)
        .all()
        .map((step) => String((step as { detail: unknown }).detail));
      const slow = steps.filter((step) => /^SCAN (?!json_each)|TEMP B-TREE/.test(step));
      // Claiming for several notifiers sorts what is due, and callers of one place are counted apart; both are little.
      const expected = [
        ...(query.includes("json_each") ? ["USE TEMP B-TREE FOR ORDER BY"] : []),
        ...[...query.matchAll(/DISTINCT/g)].map(() => "USE TEMP B-TREE FOR count(DISTINCT)"),
      ];
      // A list of everything is read along its order.
      expect(
        slow.filter((step) => !/USING (COVERING )?INDEX/.test(step)),
        query,
      ).toEqual(expected);
    }
  });
});
