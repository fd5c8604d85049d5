import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { CaptureEvent } from "@straycall/core";
import { isStraycallError } from "@straycall/core";
import { describe, expect, it } from "vitest";
import { sqliteDriver } from "../src/driver.js";
import { sqliteStore } from "../src/sqlite-store.js";
import { recordRequest, sampleRun } from "./sample-detections.js";
import { temporaryFolder } from "./temporary-folder.js";

const folder = temporaryFolder();
const { DatabaseSync } = sqliteDriver();

function openBoth(name: string) {
  const path = join(folder, name);
  return { store: sqliteStore({ path }), foreign: new DatabaseSync(path) };
}

describe("while another process holds the database", () => {
  it("a write waits, and lets this process do other things", async () => {
    const { store, foreign } = openBoth("waits.db");
    foreign.exec("BEGIN IMMEDIATE");
    let isWritten = false;
    const writing = store.runs.start(sampleRun("1")).then(() => {
      isWritten = true;
    });
    await sleep(200);
    expect(isWritten).toBe(false);
    expect(await store.runs.list()).toEqual({ items: [] });
    foreign.exec("COMMIT");
    await writing;
    expect(await store.runs.get(sampleRun("1").key)).toEqual(sampleRun("1"));
    await store.close();
  });

  it("a write keeps what it was given, though the caller changes it", async () => {
    const { store, foreign } = openBoth("changed.db");
    const run = sampleRun("1");
    const event: CaptureEvent = {
      id: "e1",
      time: 1,
      type: "capture.lost",
      lost: { count: 1, reason: "as given" },
    };
    const request = recordRequest("d1", "evil.example");
    foreign.exec("BEGIN IMMEDIATE");
    const writing = Promise.all([
      store.runs.start(run),
      store.events.append(run.key, [event]),
      store.detections.record(request),
      store.calls.put([request.detection.evidence.call]),
    ]);
    await sleep(100);
    run.counts.events = 666;
    event.lost.reason = "changed";
    request.detection.severity = "info";
    request.detection.evidence.call.commandLine = "changed";
    foreign.exec("COMMIT");
    await writing;
    expect(await store.runs.get(run.key)).toEqual(sampleRun("1"));
    const [logged] = await store.events.read(run.key, 0, 1);
    expect(logged?.event).toMatchObject({ lost: { reason: "as given" } });
    expect(await store.detections.get("d1")).toEqual(recordRequest("d1", "evil.example").detection);
    expect((await store.calls.list(run.key)).items).toMatchObject([{ commandLine: "curl" }]);
    await store.close();
  });

  it("closing waits for the write", async () => {
    const { store, foreign } = openBoth("closing.db");
    foreign.exec("BEGIN IMMEDIATE");
    const writing = store.runs.start(sampleRun("1"));
    const closing = store.close();
    await sleep(100);
    foreign.exec("COMMIT");
    await closing;
    expect(await writing).toEqual(sampleRun("1"));
    expect(foreign.prepare("SELECT count(*) AS runs FROM runs").get()).toEqual({ runs: 1 });
  });
});

describe("a failure", () => {
  it("of SQLite is STORE_FAILED, says why, and stores nothing of the transaction", async () => {
    const store = sqliteStore({ path: ":memory:" });
    await store.detections.record(recordRequest("d1", "a.example"));
    const { detection } = recordRequest("d2", "b.example");
    const { deliveries } = recordRequest("d1", "a.example");
    const error = await store.detections
      .record({ detection, deliveries, baselineRevision: 0 })
      .catch((thrown: unknown) => thrown);
    expect(isStraycallError(error, "STORE_FAILED")).toBe(true);
    expect(error).toMatchObject({
      message: "cannot write: UNIQUE constraint failed: deliveries.id",
      cause: expect.any(Error),
    });
    expect(await store.detections.get("d2")).toBeUndefined();
    expect((await store.detections.record(recordRequest("d2", "b.example"))).outcome).toBe(
      "recorded",
    );
  });

  it("of a damaged row is STORE_FAILED", async () => {
    const { store, foreign } = openBoth("damaged.db");
    await store.runs.start(sampleRun("1"));
    foreign.exec("UPDATE runs SET document = '{\"half'");
    const error = await store.runs.list().catch((thrown: unknown) => thrown);
    expect(isStraycallError(error, "STORE_FAILED")).toBe(true);
    expect(error).toMatchObject({ message: expect.stringContaining("damaged") });
  });
});
