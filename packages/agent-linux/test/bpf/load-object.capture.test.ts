import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { readBpfObject } from "../../src/bpf/bpf-object.js";
import { loadObject } from "../../src/bpf/load-object.js";
import { capturePrograms } from "../../src/capture-programs.js";
import { packageFile } from "../../src/package-file.js";
import { tlsFunctions } from "../../src/tls/tls-functions.js";
import { requireRoot } from "../capture/record.js";

const readObject = () =>
  readBpfObject(readFileSync(packageFile(`bpf/objects/capture.${process.arch}.bpf.o`)));
const programNames = [
  ...new Set([
    ...capturePrograms.map(({ name }) => name),
    ...tlsFunctions.flatMap(({ programs }) => programs),
  ]),
].sort();
const openFiles = () => readdirSync("/proc/self/fd").length;

describe("loading into the real kernel", () => {
  beforeAll(requireRoot);

  it("takes every program, and gives every file descriptor back", () => {
    const before = openFiles();
    const loaded = loadObject(readObject(), { ring: 65_536 });
    expect(loaded.refused).toEqual(new Map());
    expect([...loaded.programs.keys()].sort()).toEqual(programNames);
    loaded.close();
    expect(openFiles()).toBe(before);
  });

  it("goes on without a program that the kernel refuses, and knows why", () => {
    const object = readObject();
    const broken = object.functions.find(({ name }) => name === "on_release");
    broken?.code.fill(0);
    const loaded = loadObject(object, { ring: 65_536 });
    try {
      expect([...loaded.refused.keys()]).toEqual(["on_release"]);
      expect(loaded.refused.get("on_release")?.message).toMatch(/on_release: E\w+\n/);
      expect(loaded.programs.size).toBe(programNames.length - 1);
    } finally {
      loaded.close();
    }
  });

  it("knows when this kernel lacks a tracepoint", () => {
    const object = readObject();
    const elsewhere = object.functions.map((each) =>
      each.name === "on_tcp_state" ? { ...each, section: "tp_btf/no_such_tracepoint" } : each,
    );
    const loaded = loadObject({ ...object, functions: elsewhere }, { ring: 65_536 });
    loaded.close();
    expect(loaded.refused.get("on_tcp_state")?.reason).toBe("this kernel has no such tracepoint");
  });
});
