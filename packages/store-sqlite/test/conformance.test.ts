import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { storeConformance } from "@straycall/core/conformance";
import { afterAll, describe, test } from "vitest";
import { sqliteStore } from "../src/sqlite-store.js";

const folder = mkdtempSync(join(tmpdir(), "straycall-store-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("a store in a file", () => {
  const open = (database: string) => sqliteStore({ path: join(folder, `${database}.db`) });
  storeConformance({ test, open, reopen: open });
});

describe("a store in memory", () => {
  storeConformance({ test, open: () => sqliteStore({ path: ":memory:" }) });
});
