import { join } from "node:path";
import { jobKey } from "@straycall/core";
import { expect, it } from "vitest";
import { sqliteDriver } from "../../src/driver.js";
import { keyText } from "../../src/key-text.js";
import { firstSchema } from "../../src/migrations/0001-first-schema.js";
import { whoCallsWhat } from "../../src/migrations/0002-who-calls-what.js";
import { toldTogether } from "../../src/migrations/0003-told-together.js";
import { migrate } from "../../src/migrations/migrate.js";
import { sqliteStore } from "../../src/sqlite-store.js";
import { recordRequest } from "../sample-detections.js";
import { temporaryFolder } from "../temporary-folder.js";

const folder = temporaryFolder();
const job = { platform: "github", repository: "Acme/Shop", workflow: "ci.yml", job: "build" };
const key = `${jobKey(job)}#1.1`;

it("what was recorded before anything could be looked up is found", async () => {
  const path = join(folder, "older.db");
  const connection = new (sqliteDriver().DatabaseSync)(path);
  migrate(connection, [firstSchema, whoCallsWhat, toldTogether]);
  const { detection } = recordRequest("d1", "stray.example");
  const { call } = detection.evidence;
  const counts = { events: 1, processes: 1, calls: 300, anomalousCalls: 1 };
  const run = { key, jobKey: jobKey(job), job, runId: "1", attempt: 1, mode: "block", counts };
  connection
    .prepare("INSERT INTO runs VALUES (?, ?, 5, 1, ?)")
    .run(key, jobKey(job), JSON.stringify({ ...run, startedAt: 5, outcome: "failure" }));
  const insertCall = connection.prepare("INSERT INTO calls VALUES (?, ?, ?, 0, ?)");
  for (let i = 0; i < 300; i += 1) {
    const made = { ...call, id: `c${i}`, runKey: key, time: i, processId: `p${i % 2}` };
    insertCall.run(key, made.id, i, JSON.stringify({ ...made, commandLine: `do thing-${i}` }));
  }
  connection
    .prepare(
      "INSERT INTO detections (id, job_key, kind, subject, run_key, status, document) VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .run("d1", jobKey(job), "new-endpoint", "s", key, "new", JSON.stringify({ ...detection, job }));
  const endpoint = { firstRun: 1, lastRun: 1, runs: 1, firstSeenAt: 7, lastSeenAt: 7 };
  const baseline = { version: 2, revision: 1, endpoints: { "once.example:443": endpoint } };
  connection
    .prepare("INSERT INTO baselines VALUES (?, 1, ?)")
    .run(keyText(jobKey(job)), JSON.stringify(baseline));
  connection.close();

  const store = sqliteStore({ path });
  const found = await store.calls.list(key, { search: "Thing-299", processId: "p1" });
  expect(found.items.map(({ id }) => id)).toEqual(["c299"]);
  const { items } = await store.runs.list({
    repositories: ["acme/shop"],
    findingsOnly: true,
    outcome: "failure",
    mode: "block",
    search: "acme",
  });
  expect(items.map(({ runId }) => runId)).toEqual(["1"]);
  const told = await store.detections.list({ repositories: ["acme/*"], search: "stray.example" });
  expect(told.items.map(({ id }) => id)).toEqual(["d1"]);
  expect((await store.baselines.destinations({ repositories: ["acme/shop"] })).items).toEqual([
    { host: "once.example", jobs: 1, repositories: 1, since: 7, unsure: 1 },
  ]);
  await store.close();
});
