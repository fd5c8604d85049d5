import { describe, expect, it } from "vitest";
import { importCycles } from "./import-cycles.js";
import { smallWorkspace } from "./small-workspace.js";

describe("import cycles", () => {
  it("are told with every file on the way round", () => {
    const tree = smallWorkspace({
      "packages/core/src/index.ts": 'export * from "./run.js";',
      "packages/core/src/run.ts": 'import { call } from "./call.js";',
      "packages/core/src/call.ts": 'export * from "./deep/step.js";',
      "packages/core/src/deep/step.ts": 'const run = import("../run.js");',
    });
    expect(importCycles(tree)).toEqual([
      "packages/core/src/call.ts -> packages/core/src/deep/step.ts -> packages/core/src/run.ts -> packages/core/src/call.ts",
    ]);
  });

  it("are told where only types are imported", () => {
    const tree = smallWorkspace({
      "packages/core/src/run.ts": 'import type { Call } from "./call.js";',
      "packages/core/src/call.ts": 'export type Run = import("./run.js").Run;',
    });
    expect(importCycles(tree)).toHaveLength(1);
  });

  it("are not seen where two files import the same third one", () => {
    const tree = smallWorkspace({
      "packages/core/src/index.ts": 'export * from "./run.js"; export * from "./call.js";',
      "packages/core/src/run.ts": 'import "./step.js";',
      "packages/core/src/call.ts": 'import "./step.js";',
      "packages/core/src/step.ts": "export const step = 1;",
    });
    expect(importCycles(tree)).toEqual([]);
  });
});
