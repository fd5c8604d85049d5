import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { assembleProgram } from "../../src/bpf/assemble-program.js";
import { readBpfObject } from "../../src/bpf/bpf-object.js";
import { programKind } from "../../src/bpf/program-kind.js";
import { capturePrograms } from "../../src/capture-programs.js";
import { packageFile } from "../../src/package-file.js";
import { tlsFunctions } from "../../src/tls/tls-functions.js";

describe.each(["x64", "arm64"])("the committed object for %s", (arch) => {
  const object = readBpfObject(readFileSync(packageFile(`bpf/objects/capture.${arch}.bpf.o`)));
  const programs = object.functions.filter(({ section }) => programKind(section));

  it("holds every program that is attached, and no other", () => {
    const names = programs.map(({ name }) => name);
    const attached = capturePrograms.map(({ name }) => name);
    const attachedToLibraries = new Set(tlsFunctions.flatMap(({ programs }) => programs));
    expect(names.sort()).toEqual([...attached, ...attachedToLibraries].sort());
  });

  it("may call the kernel's GPL helpers", () => {
    expect(object.license).toBe("Dual BSD/GPL");
  });

  it("describes its maps", () => {
    const ring = object.maps.find(({ name }) => name === "ring");
    const lost = object.maps.find(({ name }) => name === "lost");
    expect(ring).toMatchObject({ type: 27, maxEntries: 8 << 20 });
    expect(lost).toMatchObject({ type: 6, keySize: 4, valueSize: 8 * 32, maxEntries: 1 });
    expect(object.maps.map(({ name }) => name)).toContain("sockets");
  });

  it("is put together with the functions each program calls, and nothing left to resolve", () => {
    const maps = new Map(object.maps.map(({ name }, index) => [name, 100 + index]));
    for (const program of programs) {
      const { instructions, functionInfo } = assembleProgram(object, program, maps);
      expect(instructions.length % 8).toBe(0);
      expect(instructions.length).toBeGreaterThanOrEqual(program.code.length);
      // `struct bpf_func_info`: the program itself begins at instruction 0.
      expect(functionInfo.readUInt32LE(0)).toBe(0);
    }
  });

  it("names no folder of the machine it was compiled on", () => {
    const strings = object.btf.bytes.toString("latin1");
    expect(strings).not.toMatch(/\0\/(?!usr\/include\/)[^\0]*\.[ch]\0/);
    expect(strings).toContain("./bpf/exec.h");
  });
});
