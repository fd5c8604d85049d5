import { join } from "node:path";
import type { Store } from "@straycall/core";
import { describe, expect, it } from "vitest";
import { sqliteDriver } from "../../src/driver.js";
import { sqliteStore } from "../../src/sqlite-store.js";
import { jobKey, recordRequest, sampleRun } from "../sample-detections.js";
import { temporaryFolder } from "../temporary-folder.js";
import { startChild } from "./child-process.js";

const folder = temporaryFolder();

async function startReady(script: string, ...args: string[]) {
  const child = startChild(script, ...args);
  await child.printed(1);
  return child;
}

/** The numbers that a child printed after `ready`. */
const numbers = (lines: readonly string[]) => lines.slice(1).map(Number);

async function countDetections(store: Store): Promise<number> {
  let count = 0;
  let cursor: string | undefined;
  do {
    const page = await store.detections.list({
      jobKey,
      limit: 1000,
      ...(cursor === undefined ? {} : { cursor }),
    });
    count += page.items.length;
    cursor = page.next;
  } while (cursor !== undefined);
  return count;
}

function integrityOf(path: string): unknown {
  const connection = new (sqliteDriver().DatabaseSync)(path);
  const answer = connection.prepare("PRAGMA integrity_check").all();
  connection.close();
  return answer;
}

describe("several processes on one new file", () => {
  it("record each detection exactly once", async () => {
    const path = join(folder, "shared.db");
    const count = 150;
    const names = ["a", "b", "c", "d"];
    const children = await Promise.all(
      names.map((name) => startReady("record-all.ts", path, name, `${count}`)),
    );
    for (const child of children) child.go();
    expect(await Promise.all(children.map((child) => child.gone))).toEqual(names.map(() => 0));

    const recorded = children.flatMap((child) => numbers(child.lines));
    expect(recorded.sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i));
    const store = sqliteStore({ path });
    expect(await countDetections(store)).toBe(count);
    const claim = { notifiers: ["chat"], owner: "o", now: 2e12, leaseUntil: 3e12, limit: 1000 };
    expect(await store.deliveries.claim(claim)).toHaveLength(count);
    await store.close();
  });
});

describe("a process killed with -9", () => {
  it("loses nothing that was committed, and does not stop the others", async () => {
    const path = join(folder, "killed.db");
    const survivor = await startReady("write-until-killed.ts", path, "survivor");
    survivor.go();
    const promised: string[] = [];
    for (const round of [1, 2, 3]) {
      const name = `victim-${round}`;
      const victim = await startReady("write-until-killed.ts", path, name);
      victim.go();
      await victim.printed(round * 7);
      victim.process.kill("SIGKILL");
      expect(await victim.gone).toBeNull();
      promised.push(...numbers(victim.lines).map((i) => `${name}-${i}`));
      await survivor.printed(survivor.lines.length + 5);
    }
    survivor.process.kill("SIGKILL");
    await survivor.gone;
    promised.push(...numbers(survivor.lines).map((i) => `survivor-${i}`));

    expect(integrityOf(path)).toEqual([{ integrity_check: "ok" }]);
    const store = sqliteStore({ path });
    for (const id of promised) {
      expect((await store.detections.get(id))?.id).toBe(id);
      expect(await store.deliveries.list(id)).toHaveLength(1);
    }
    const log = await store.events.read(sampleRun("1").key, 0, 1e6);
    expect(log.map(({ sequence }) => sequence)).toEqual(log.map((_, i) => i + 1));
    expect(log.length).toBeGreaterThanOrEqual(promised.length * 100);
    expect(log.length % 100).toBe(0);
    await store.close();
  });

  it("in the middle of a transaction leaves no lock and no half of it", async () => {
    const path = join(folder, "holding.db");
    const store = sqliteStore({ path });
    const holder = await startReady("hold-lock.ts", path);
    let isRecorded = false;
    const recording = store.detections.record(recordRequest("d1", "a.example")).then((answer) => {
      isRecorded = true;
      return answer;
    });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(isRecorded).toBe(false);
    holder.process.kill("SIGKILL");
    expect((await recording).outcome).toBe("recorded");
    expect(await store.events.append("never committed", [])).toEqual([]);
    expect(await store.events.read("never committed", 0, 10)).toEqual([]);
    await store.close();
    expect(integrityOf(path)).toEqual([{ integrity_check: "ok" }]);
  });
});
