import { join } from "node:path";
import { storeConformance } from "@straycall/core/conformance";
import { describe, test } from "vitest";
import { sqliteStore } from "../src/sqlite-store.js";
import { temporaryFolder } from "./temporary-folder.js";

describe("a store in a file", () => {
  const folder = temporaryFolder();
  const open = (database: string) => sqliteStore({ path: join(folder, `${database}.db`) });
  storeConformance({ test, open, reopen: open });
});

describe("a store in memory", () => {
  storeConformance({ test, open: () => sqliteStore({ path: ":memory:" }) });
});
