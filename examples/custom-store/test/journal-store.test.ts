import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Baseline, createMonitor, type Store } from "@straycall/core";
import { storeConformance } from "@straycall/core/conformance";
import { afterAll, describe, expect, it } from "vitest";
import { journalStore } from "../src/journal-store.js";

const folder = mkdtempSync(join(tmpdir(), "straycall-journal-"));
afterAll(() => rmSync(folder, { recursive: true }));

const job = { platform: "local", repository: "r", workflow: "w", job: "j" };
const callTo = (domain: string) => ({
  id: domain,
  time: 1_767_225_600_000,
  type: "network.connect",
  connection: { id: domain },
  process: { pid: 1 },
  destination: { domain, port: 443 },
  network: { transport: "udp" },
});

async function observeRun(store: Store, runId: string, domains: string[]) {
  const monitor = createMonitor({ store, baseline: { learningRuns: 1 } });
  const run = await monitor.startRun({ job, runId });
  await run.observe(domains.map(callTo));
  const { detections } = await run.finish({ outcome: "success" });
  await monitor.close();
  return detections.map((detection) => detection.subject);
}

describe("the journal store", () => {
  storeConformance({ test: it, open: (database) => journalStore(join(folder, database)) });

  it("knows after a restart what it learned and what it told", async () => {
    const path = join(folder, "restart");
    const first = await journalStore(path);
    await observeRun(first, "1", ["a.example"]);
    expect(await observeRun(first, "2", ["a.example", "b.example"])).toEqual(["b.example:443"]);
    await first.close();

    const second = await journalStore(path);
    expect(await observeRun(second, "3", ["a.example", "b.example"])).toEqual([]);
    expect((await second.runs.list()).items.map((run) => run.runId).sort()).toEqual([
      "1",
      "2",
      "3",
    ]);
    await second.close();
  });

  it("knows after a restart what was changed outside a run, and not what failed", async () => {
    const path = join(folder, "changed");
    const first = await journalStore(path);
    await observeRun(first, "1", ["a.example"]);
    const { items } = await first.baselines.list();
    const [key = ""] = items;
    const forgetAll = (before: Baseline | undefined) => ({
      ...(before as Baseline),
      endpoints: {},
    });
    const changed = await first.baselines.change(key, forgetAll);
    const failing = first.baselines.change(key, () => {
      throw new Error("cannot change");
    });
    await expect(failing).rejects.toThrow("cannot change");
    await first.close();

    const second = await journalStore(path);
    expect(changed).toMatchObject({ revision: 2, endpoints: {} });
    expect(await second.baselines.get(key)).toEqual(changed);
    await second.close();
  });

  it("keeps a run open after a restart if what it taught could not be learned", async () => {
    const path = join(folder, "unlearned");
    const first = await journalStore(path);
    const monitor = createMonitor({ store: first });
    const { key } = await monitor.startRun({ job, runId: "1" });
    const end = { outcome: "success", finishedAt: 1_767_225_600_000 } as const;
    const failing = first.runs.finish(key, end, () => {
      throw new Error("cannot learn");
    });
    await expect(failing).rejects.toThrow("cannot learn");
    await monitor.close();
    await first.close();

    const second = await journalStore(path);
    expect((await second.runs.list({ unfinishedOnly: true })).items).toMatchObject([{ key }]);
    await second.close();
  });

  it("forgets a change that a crash cut in the middle of its line, and nothing else", async () => {
    const path = join(folder, "torn");
    const first = await journalStore(path);
    await observeRun(first, "1", ["a.example"]);
    await first.close();
    appendFileSync(path, '{"group":"runs","method":"sta');

    const second = await journalStore(path);
    expect(await observeRun(second, "2", ["a.example"])).toEqual([]);
    await second.close();
    const third = await journalStore(path);
    expect((await third.runs.list()).items).toHaveLength(2);
    await third.close();
  });
});
