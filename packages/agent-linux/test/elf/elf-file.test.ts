import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readElf, sectionType } from "../../src/elf/elf-file.js";
import { functionOffset } from "../../src/elf/function-offset.js";
import { packageFile } from "../../src/package-file.js";

const bytes = readFileSync(packageFile("bpf/objects/capture.x64.bpf.o"));

describe("an ELF file", () => {
  it("gives its sections and symbols", () => {
    const elf = readElf(bytes);
    const table = elf.sections.find(({ type }) => type === sectionType.symbols);
    const names =
      table &&
      elf
        .symbols(table)
        .filter(({ isFunction }) => isFunction)
        .map(({ name }) => name);
    expect(elf.sections.map(({ name }) => name)).toContain("cgroup/connect4");
    expect(names).toContain("on_connect4");
  });

  it("has no exported functions unless it is a library", () => {
    expect(functionOffset(readElf(bytes), "getaddrinfo")).toBeUndefined();
  });

  it("is refused when it is something else, or cut", () => {
    expect(() => readElf(Buffer.from("#!/bin/sh\n".padEnd(64)))).toThrow("not a 64-bit");
    expect(() => readElf(bytes.subarray(0, 1_000))).toThrow(RangeError);
    expect(() => readElf(Buffer.alloc(0))).toThrow(RangeError);
  });
});
