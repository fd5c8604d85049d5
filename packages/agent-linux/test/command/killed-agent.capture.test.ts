import { existsSync, mkdtempSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RunRecord, Store } from "@straycall/core";
import { sqliteStore } from "@straycall/store-sqlite";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { cgroupMount } from "../../src/cgroup/mount.js";
import { agent, startAgent } from "./straycall-agent.js";

let folder: string;
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "straycall-killed-"));
  store = sqliteStore({ path: file("runs.db") });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const file = (name: string) => join(folder, name);
const options = () => ["run", "--job", "demo", "--db", file("runs.db")];
const patient = { timeout: 30_000, interval: 100 };

/** A run whose agent was killed with SIGKILL while its command ran. Gives what the store holds of it. */
async function killedRun(): Promise<RunRecord> {
  const script = `cat /proc/self/cgroup > ${file("cgroup")}; echo $PPID $$ > ${file("pids")}; exec sleep 60`;
  const { child, said } = startAgent([...options(), "--", "sh", "-c", script]);
  child.stdin.end();
  await vi.waitFor(() => expect(existsSync(file("pids"))).toBe(true), patient);
  const run = await vi.waitFor(async () => {
    const [found] = (await store.runs.list()).items;
    expect(found?.counts.processes).toBeGreaterThan(0);
    return found as RunRecord;
  }, patient);
  const [agentPid, commandPid] = readFileSync(file("pids"), "utf8").split(" ").map(Number);
  process.kill(agentPid ?? 0, "SIGKILL");
  child.kill("SIGKILL");
  process.kill(commandPid ?? 0, "SIGKILL");
  await said;
  const path = /^0::(.*)$/m.exec(readFileSync(file("cgroup"), "utf8"))?.[1] ?? "";
  await vi.waitFor(() => rmdirSync(join(cgroupMount() ?? "", path)), patient);
  return run;
}

it("a run whose agent was killed never looks watched, and the next run ends it", async () => {
  const { key, jobKey } = await killedRun();
  const left = await store.runs.get(key);
  expect(left?.outcome).toBeUndefined();
  expect(left?.lastHeardAt).toBeGreaterThan(0);

  // It may still be alive, as far as the next one can tell.
  const soon = await agent([...options(), "--", "true"]);
  expect(soon.err).not.toContain("was killed");
  expect((await store.runs.get(key))?.outcome).toBeUndefined();

  await store.runs.update(key, { lastHeardAt: Date.now() - 61_000 });
  const later = await agent([...options(), "--", "true"]);
  expect(later.status).toBe(0);
  expect(later.err).toContain("ended 1 run whose agent was killed");
  const ended = await store.runs.get(key);
  expect(ended?.outcome).toBe("unknown");
  expect(ended?.coverage.level).toBe("partial");
  expect(ended?.coverage.reasons.join()).toContain("linux never said that it stopped");
  // The two that ran to their end.
  expect((await store.baselines.get(jobKey))?.runs).toBe(2);
}, 120_000);
