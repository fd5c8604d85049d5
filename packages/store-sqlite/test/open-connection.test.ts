import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isStraycallError } from "@straycall/core";
import { describe, expect, it } from "vitest";
import { openConnection } from "../src/open-connection.js";
import { sqliteStore } from "../src/sqlite-store.js";
import { sampleRun } from "./sample-detections.js";
import { temporaryFolder } from "./temporary-folder.js";

const folder = temporaryFolder();
const modeOf = (path: string) => statSync(path).mode & 0o777;

function failureOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error("it did not fail");
}

describe("opening a store", () => {
  it("makes the file, and the folder, for its owner alone", async () => {
    const path = join(folder, "deep", "in", "store.db");
    const store = sqliteStore({ path });
    await store.runs.start(sampleRun("1"));
    expect(modeOf(join(folder, "deep"))).toBe(0o700);
    for (const file of [path, `${path}-wal`, `${path}-shm`]) expect(modeOf(file)).toBe(0o600);
    await store.close();
  });

  it("syncs every commit to the disk, through a write-ahead log", () => {
    const connection = openConnection(join(folder, "pragmas.db"));
    expect(connection.prepare("PRAGMA synchronous").get()).toEqual({ synchronous: 2 });
    expect(connection.prepare("PRAGMA journal_mode").get()).toEqual({ journal_mode: "wal" });
    connection.close();
  });

  it("says which file is no database", () => {
    const path = join(folder, "notes.txt");
    writeFileSync(path, "These are notes, long enough to be no empty database.\n".repeat(100));
    const error = failureOf(() => sqliteStore({ path }));
    expect(isStraycallError(error, "STORE_FAILED")).toBe(true);
    expect(error).toMatchObject({ message: `cannot open ${path}: file is not a database` });
  });

  it("says which path cannot be written", () => {
    const path = join(folder, "a-folder");
    mkdirSync(path);
    const error = failureOf(() => sqliteStore({ path }));
    expect(isStraycallError(error, "STORE_FAILED")).toBe(true);
    expect(error).toMatchObject({ message: expect.stringContaining(path) });
  });

  it("refuses a missing path", () => {
    const error = failureOf(() => sqliteStore({ path: "" }));
    expect(isStraycallError(error, "CONFIG_INVALID")).toBe(true);
    expect(error).toMatchObject({ field: "path" });
  });
});
