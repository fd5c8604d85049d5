import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page, RunRecord } from "@straycall/core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startService } from "../src/service.js";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "straycall-replay-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const printed: string[] = [];
const start = (replayRecordings: boolean) =>
  startService(
    { PORT: "0", STRAYCALL_DATA: folder },
    { replayRecordings, print: (text) => printed.push(text) },
  );

async function runsOf({ url }: { url: string }): Promise<RunRecord[]> {
  const answer = await fetch(`${url}/api/v1/runs`);
  const { items }: Page<RunRecord> = JSON.parse(await answer.text());
  return items;
}

describe("the service", () => {
  it("fills an empty database with the recorded runs, whose last has just strayed", async () => {
    const before = Date.now();
    const service = await start(true);
    expect(service.replayed).toBe(7);
    const [last, ...earlier] = await runsOf(service);
    expect(last?.counts.anomalousCalls).toBeGreaterThan(0);
    expect(last?.finishedAt).toBeGreaterThanOrEqual(before);
    expect(earlier.map((run) => run.counts.anomalousCalls)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(earlier.map((run) => run.outcome)).toContain("failure");
    const starts = [last, ...earlier].map((run) => run?.startedAt ?? 0);
    const gaps = starts.slice(1).map((start, index) => (starts[index] ?? 0) - start);
    for (const gap of gaps) expect(Math.round(gap / 3_600_000)).toBe(5);
    await service.close();
    expect(printed.splice(0).join("")).toContain("stats.collect-metrics.example:80");
  });

  it("replays nothing into a database that holds runs, and tells nothing again", async () => {
    await (await start(true)).close();
    expect(printed.splice(0)).toHaveLength(1);
    const again = await start(true);
    expect(again.replayed).toBe(0);
    expect(await runsOf(again)).toHaveLength(7);
    await again.close();
    expect(printed).toEqual([]);
  });

  it("does not start with a prior that is none, and says which file it is", async () => {
    const path = join(folder, "prior.json");
    const startWith = () =>
      startService({ PORT: "0", STRAYCALL_DATA: folder, STRAYCALL_PRIOR: path });
    await expect(startWith()).rejects.toThrow(`STRAYCALL_PRIOR: ${path}: `);
    writeFileSync(path, '{"version":2}');
    await expect(startWith()).rejects.toThrow(`STRAYCALL_PRIOR: ${path}: fleet prior: version`);
    const empty = { version: 1, madeAt: 0, repositories: 0, hosts: {}, domains: {} };
    writeFileSync(path, JSON.stringify(empty));
    await (await startWith()).close();
  });

  it("starts bare when asked to", async () => {
    const service = await start(false);
    expect(await runsOf(service)).toEqual([]);
    await service.close();
  });
});
