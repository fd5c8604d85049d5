import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { importCycles } from "./import-cycles.js";
import { crossedBorders } from "./package-borders.js";
import { wrongDirections } from "./package-direction.js";
import { readSourceTree } from "./source-tree.js";

const tree = readSourceTree(fileURLToPath(new URL("../..", import.meta.url)));

describe("the architecture of this workspace", () => {
  it("is read whole: every package has sources with imports", () => {
    expect(tree.packages.map(({ name }) => name)).toContain("@straycall/core");
    for (const { folder } of tree.packages) {
      expect(tree.imports.filter(({ file }) => file.startsWith(`${folder}/src/`))).not.toEqual([]);
    }
  });

  it("has adapters that depend on core and their own client library, and a core that depends on nothing outside", () => {
    expect(wrongDirections(tree)).toEqual([]);
  });

  it("crosses a package's border only by its public exports, and never into an example", () => {
    expect(crossedBorders(tree)).toEqual([]);
  });

  it("has no import cycles", () => {
    expect(importCycles(tree)).toEqual([]);
  });
});
