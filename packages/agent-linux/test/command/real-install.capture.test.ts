import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Call, createMonitor, memoryStore, type RunRecord } from "@straycall/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agent } from "./straycall-agent.js";

const checkout = join(import.meta.dirname, "../../../..");

/** Everything that installing this project from nothing calls, as core understands it. */
describe("a real job: installing this project into an empty folder", () => {
  let folder: string;
  let run: RunRecord;
  let calls: Call[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "straycall-install-"));
    const clone = join(folder, "project");
    const eventsFile = join(folder, "events.ndjson");
    execFileSync("git", ["clone", "--quiet", "--depth=1", `file://${checkout}`, clone]);
    mkdirSync(join(folder, "home"));
    const install = `cd ${clone} && npm_config_cache=${folder}/npm node scripts/pnpm.mjs install --store-dir ${folder}/store`;
    const options = ["--job", "install", "--db", join(folder, "db"), "--events", eventsFile];
    const { status, err } = await agent(["run", ...options, "--", "sh", "-c", install]);
    expect(err).toContain("run 1 of 5 learned for install");
    expect(status).toBe(0);
    ({ run, calls } = await understood(eventsFile));
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it("is seen in full", () => {
    expect(run.coverage).toEqual({ level: "full", lost: 0, reasons: [] });
    expect(calls.length).toBeGreaterThan(10);
  });

  it("makes no call without a command line", () => {
    expect(
      calls.filter(({ commandLine }) => !/\bnode\b.*\b(install|npx|pnpm)/.test(commandLine)),
    ).toEqual([]);
  });

  it("makes no connection without a name that its process asked for", () => {
    const unnamed = calls.filter(
      ({ transport, ip, endpoint }) => transport === "tcp" && endpoint.host === ip,
    );
    expect(unnamed).toEqual([]);
    expect(
      calls.filter(({ transport, endpoint }) => transport !== "tcp" && endpoint.port !== 53),
    ).toEqual([]);
  });

  it("shows the request behind every connection", () => {
    const https = calls.filter(
      ({ endpoint, result }) => endpoint.port === 443 && result === "established",
    );
    expect(https.length).toBeGreaterThan(0);
    expect(https.flatMap(({ http }) => http.slice(0, 1)).length).toBe(https.length);
  });
});

async function understood(eventsFile: string): Promise<{ run: RunRecord; calls: Call[] }> {
  const [head = "", ...lines] = readFileSync(eventsFile, "utf8").trimEnd().split("\n");
  const store = memoryStore();
  const monitor = createMonitor({ store });
  const { run: ref } = JSON.parse(head);
  const observed = await monitor.startRun(ref);
  const { rejected } = await observed.observe(lines.map((line) => JSON.parse(line)));
  expect(rejected).toEqual([]);
  const run = await store.runs.get(observed.key);
  const { items } = await store.calls.list(observed.key, { limit: 1000 });
  await monitor.close();
  if (run === undefined) throw new Error("the run was not kept");
  return { run, calls: items };
}
