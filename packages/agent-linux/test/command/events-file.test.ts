import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CaptureEvent } from "@straycall/core";
import { afterAll, describe, expect, it } from "vitest";
import { openEventsFile } from "../../src/command/events-file.js";

const directory = mkdtempSync(join(tmpdir(), "straycall-events-"));
afterAll(() => rmSync(directory, { recursive: true }));

const job = { platform: "local", repository: "shop", workflow: "command-line", job: "demo" };
const run = { job, runId: "r1", attempt: 1 };
const exec: CaptureEvent = {
  id: "e1",
  time: 1,
  type: "process.exec",
  process: { pid: 7, args: ["curl", "--token", "hunter2", "a.example"] },
};
const unexpected = (error: Error) => {
  throw error;
};
const linesOf = (path: string) =>
  readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("an events file", () => {
  it("names the run, then tells what is known of it, then its events with their secrets masked", () => {
    const path = join(directory, "events.ndjson");
    const file = openEventsFile(path, { run, facts: { commit: "c0ffee" } }, unexpected);
    file.write(exec);
    file.close();
    expect(linesOf(path)).toMatchObject([
      { run },
      { type: "run.started", run: { commit: "c0ffee" } },
      { type: "process.exec", process: { args: ["curl", "--token", "***", "a.example"] } },
    ]);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it("replaces an older one", () => {
    const path = join(directory, "again.ndjson");
    for (const runId of ["r1", "r2"]) {
      openEventsFile(path, { run: { ...run, runId }, facts: {} }, unexpected).close();
    }
    expect(linesOf(path)).toMatchObject([{ run: { runId: "r2" } }, { type: "run.started" }]);
  });

  it("is refused at once where it cannot be written", () => {
    expect(() =>
      openEventsFile(join(directory, "no", "where"), { run, facts: {} }, unexpected),
    ).toThrow(expect.objectContaining({ code: "STORE_FAILED" }));
    expect(() => openEventsFile("/dev/full", { run, facts: {} }, unexpected)).toThrow(/ENOSPC/);
  });
});
