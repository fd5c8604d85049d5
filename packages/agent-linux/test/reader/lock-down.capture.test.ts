import { execFileSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import { packageFile } from "../../src/package-file.js";
import { requireRoot } from "../capture/record.js";

describe("a process that gave up its rights", () => {
  let result: Record<string, unknown>;

  beforeAll(() => {
    requireRoot();
    const tsx = ["--conditions=@straycall/source", "--import", import.meta.resolve("tsx")];
    const script = packageFile("test/reader/locked-down.ts");
    result = JSON.parse(execFileSync(process.execPath, [...tsx, script], { encoding: "utf8" }));
  });

  it("reads what it has open, and computes", () => {
    expect(result).toMatchObject({
      hasFilter: true,
      "reads what it has open": "done",
      computes: "done",
    });
  });

  it.each([
    "opens a secret",
    "opens a file of everybody",
    "writes a file",
    "makes a socket",
    "ends its parent",
    "becomes root",
    "mounts",
    "loads a program into the kernel",
    "watches with perf",
    "changes its filter",
    "outlives its parent",
  ])("cannot do this: it %s", (deed) => {
    expect(String(result[deed])).toMatch(/EPERM|EACCES/);
  });

  it("cannot run a program", () => {
    expect(result["runs a program"]).toBe("refused");
  });
});
