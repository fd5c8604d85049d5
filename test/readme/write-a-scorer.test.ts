import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { scorerConformance } from "@straycall/core/conformance";
import { afterAll, describe, test } from "vitest";
import { fencedBlock } from "./fenced-block.js";

const here = fileURLToPath(new URL(".", import.meta.url));
const page = readFileSync(join(here, "../../docs/write-a-scorer.md"), "utf8");

/** Inside the workspace, so that the imports of the blocks are found. */
const blocks = mkdtempSync(join(here, ".blocks-"));
afterAll(() => rmSync(blocks, { recursive: true, force: true }));

async function importBlock(name: string) {
  const file = join(blocks, name);
  writeFileSync(file, fencedBlock(page, name));
  return import(file);
}

const { rangeScorer } = await importBlock("range-scorer.ts");
const { stumpScorer } = await importBlock("stump-scorer.ts");

describe("the scorer of docs/write-a-scorer.md passes the conformance suite", () => {
  scorerConformance({ test, create: () => rangeScorer });
});

describe("the forest of docs/write-a-scorer.md passes the conformance suite", () => {
  scorerConformance({ test, create: () => stumpScorer });
});
