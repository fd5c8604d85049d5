import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readBpfObject } from "../../src/bpf/bpf-object.js";
import { btfKind, readBtf } from "../../src/btf/btf.js";
import { packageFile } from "../../src/package-file.js";

const { btf } = readBpfObject(readFileSync(packageFile("bpf/objects/capture.x64.bpf.o")));

describe("BTF", () => {
  it("finds types by kind and name, and knows their sizes", () => {
    const owner = btf.find(btfKind.structure, "owner");
    expect(owner).toBeDefined();
    expect(btf.sizeOf(owner ?? 0)).toBe(40);
    expect(btf.find(btfKind.structure, "no_such_type")).toBeUndefined();
    expect(btf.find(btfKind.typedef, "owner")).toBeUndefined();
  });

  it("is refused when it is something else", () => {
    expect(() => readBtf(Buffer.alloc(24))).toThrow("not BTF");
    expect(() => btf.type(1_000_000)).toThrow("no BTF type");
  });
});
