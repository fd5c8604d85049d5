import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { storeConformance } from "../../src/conformance/store-conformance.js";
import type { Store } from "../../src/contracts/store.js";
import { memoryStore } from "../../src/memory-store/memory-store.js";
import { brokenStores } from "./broken-stores.js";
import { slowStore } from "./slow-store.js";

/** Runs the suite on a store and answers with what failed, `name: reason`. */
async function failuresOf(open: () => Store): Promise<string[]> {
  const cases: { name: string; run: () => Promise<void> }[] = [];
  storeConformance({ test: (name, run) => cases.push({ name, run }), open });
  const failures: string[] = [];
  for (const { name, run } of cases) {
    await run().catch((error: unknown) => failures.push(`${name}: ${error}`));
  }
  return failures;
}

describe("the store suite", () => {
  it("passes a store that keeps its promises", async () => {
    expect(await failuresOf(memoryStore)).toEqual([]);
  });

  it("passes one that answers late and in any order", async () => {
    expect(await failuresOf(slowStore)).toEqual([]);
  });

  it.each(Object.entries(brokenStores))(
    "catches a store that %s",
    async (_, { store, caughtBy }) => {
      const failures = await failuresOf(store);
      expect(failures.join("\n")).toContain(caughtBy);
    },
  );

  it("gives each test a database of its own, and closes what it opened", async () => {
    const databases: string[] = [];
    let open = 0;
    const cases: (() => Promise<void>)[] = [];
    const countingStore = (database: string): Store => {
      databases.push(database);
      open += 1;
      const store = memoryStore();
      let isOpen = true;
      const close = async () => {
        if (isOpen) open -= 1;
        isOpen = false;
        await store.close();
      };
      return { ...store, close };
    };
    storeConformance({ test: (_, run) => cases.push(run), open: countingStore });
    for (const run of cases) await run();
    expect(new Set(databases).size).toBe(cases.length);
    expect(open).toBe(0);
  });

  it("runs under node:test as well", () => {
    const script = fileURLToPath(new URL("node-test-suite.ts", import.meta.url));
    const { status, stdout } = spawnSync(
      process.execPath,
      ["--import=tsx", "--test-reporter=tap", script],
      { encoding: "utf8" },
    );
    expect(stdout).toMatch(/^# pass ([6-9]\d|1\d\d)$/m);
    expect(stdout).toMatch(/^# fail 0$/m);
    expect(status).toBe(0);
  });
});
