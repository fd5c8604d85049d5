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

const adminToken = "admin-token-0123456789";
const printed: string[] = [];
const start = (replayRecordings: boolean) =>
  startService(
    { PORT: "0", STRAYCALL_DATA: folder, STRAYCALL_ADMIN_TOKEN: adminToken },
    { replayRecordings, print: (text) => printed.push(text) },
  );

async function runsOf({ url }: { url: string }): Promise<RunRecord[]> {
  const headers = { authorization: `Bearer ${adminToken}` };
  const answer = await fetch(`${url}/api/v1/runs`, { headers });
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

  it("opens its pages by the link that it prints, once", async () => {
    const service = await start(false);
    const link = service.signInUrl();
    const ticket = new URL(link).searchParams.get("ticket") ?? "";
    const enter = () =>
      fetch(`${service.url}/sign-in`, {
        method: "POST",
        redirect: "manual",
        headers: { origin: service.url },
        body: new URLSearchParams({ name: "Ann", token: ticket, to: "/settings" }),
      });
    expect(await (await fetch(link)).text()).toContain(`value="${ticket}"`);
    const entered = await enter();
    expect(entered.headers.get("location")).toBe("/settings");
    const cookie = entered.headers.get("set-cookie")?.split(";")[0] ?? "";
    const page = await fetch(`${service.url}/settings`, { headers: { cookie } });
    expect(await page.text()).toContain("Signed in as Ann");
    expect((await enter()).status).toBe(403);
    await service.close();
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
