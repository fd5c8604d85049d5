import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { pinRoot } from "../../src/block/pin-folder.js";
import { KernelRefusal } from "../../src/bpf/bpf-call.js";

describe("the folder of pins", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "straycall-pins-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is made where there is none, and taken again", () => {
    const path = join(folder, "straycall");
    expect(pinRoot(path)).toBe(path);
    expect(pinRoot(path)).toBe(path);
  });

  it("is not taken where others may write", () => {
    const path = join(folder, "straycall");
    mkdirSync(path);
    chmodSync(path, 0o777);
    expect(() => pinRoot(path)).toThrow(KernelRefusal);
  });

  it("is not taken where it is a link to another folder", () => {
    const other = join(folder, "other");
    mkdirSync(other, { mode: 0o700 });
    symlinkSync(other, join(folder, "straycall"));
    expect(() => pinRoot(join(folder, "straycall"))).toThrow("somebody else made it");
  });
});
