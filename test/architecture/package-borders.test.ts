import { describe, expect, it } from "vitest";
import { crossedBorders } from "./package-borders.js";
import { smallWorkspace } from "./small-workspace.js";

const crossedIn = (sources: Record<string, string>) => crossedBorders(smallWorkspace(sources));

describe("the borders of packages", () => {
  it("are crossed by what a package exports", () => {
    const source = 'import "@straycall/core"; import "@straycall/core/conformance";';
    expect(
      crossedIn({
        "packages/store-sqlite/test/store.test.ts": `${source} import "../src/index.js";`,
        "packages/store-sqlite/src/index.ts": "export const store = 1;",
        "bench/run.ts": source,
      }),
    ).toEqual([]);
  });

  it("are not crossed by a package's inner files", () => {
    const source = 'import "@straycall/core/src/run/call.js";';
    expect(crossedIn({ "packages/store-sqlite/src/index.ts": source })).toEqual([
      "packages/store-sqlite/src/index.ts imports @straycall/core/src/run/call.js: @straycall/core does not export ./src/run/call.js",
    ]);
  });

  it("are not crossed by a path", () => {
    expect(
      crossedIn({
        "packages/core/src/call.ts": "export const call = 1;",
        "test/end-to-end.test.ts": 'import "../packages/core/src/call.js";',
      }),
    ).toEqual([
      "test/end-to-end.test.ts imports ../packages/core/src/call.js: @straycall/core is imported by its name",
    ]);
  });

  it("hold examples in: only the tests across packages import one", () => {
    const sources = {
      "examples/embed/src/embed.ts": "export const embed = 1;",
      "test/readme.test.ts": 'import "../examples/embed/src/embed.js";',
      "bench/run.ts": 'import "../examples/embed/src/embed.js";',
      "packages/core/src/index.ts": 'import "@straycall/example-embed";',
    };
    expect(crossedIn(sources)).toEqual([
      "packages/core/src/index.ts imports @straycall/example-embed: nothing imports an example",
      "bench/run.ts imports ../examples/embed/src/embed.js: nothing imports an example",
    ]);
  });
});
