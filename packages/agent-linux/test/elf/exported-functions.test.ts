import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { readElf } from "../../src/elf/elf-file.js";
import { exportedFunctions } from "../../src/elf/exported-functions.js";
import { functionOffset } from "../../src/elf/function-offset.js";

const maps = readFileSync("/proc/self/maps", "utf8");
const library = /\/\S*(?:libc\.so|libc-|ld-musl-)\S*/.exec(maps)?.[0] ?? "";
const folder = mkdtempSync(join(tmpdir(), "straycall-elf-"));

function exportsOf(path: string, names: string[]) {
  const fd = openSync(path, "r");
  try {
    return exportedFunctions(fd, names);
  } finally {
    closeSync(fd);
  }
}

describe("the functions that a file exports", () => {
  afterAll(() => rmSync(folder, { recursive: true }));

  it("are found by their whole names", () => {
    const offset = functionOffset(readElf(readFileSync(library)), "getaddrinfo");
    const found = exportsOf(library, ["getaddrinfo", "addrinfo", "no_such_function"]);
    expect(found).toEqual(new Map([["getaddrinfo", offset]]));
  });

  it("are none in a file that is something else", () => {
    const script = join(folder, "script");
    writeFileSync(script, "#!/bin/sh\n".padEnd(200));
    expect(exportsOf(script, ["getaddrinfo"])).toEqual(new Map());
  });

  it("are none in a file that is cut, or says that its tables are huge", () => {
    const bytes = readFileSync(library);
    const hostile = join(folder, "hostile");
    for (const length of [0, 10, 64, 4_096, bytes.length - 1]) {
      writeFileSync(hostile, bytes.subarray(0, length));
      expect(exportsOf(hostile, ["getaddrinfo"])).toEqual(new Map());
    }
    const sections = Number(bytes.readBigUInt64LE(40));
    const changed = Buffer.from(bytes);
    for (let at = sections; at + 64 <= changed.length; at += 64) {
      changed.writeBigUInt64LE(1n << 60n, at + 32);
    }
    writeFileSync(hostile, changed);
    expect(exportsOf(hostile, ["getaddrinfo"])).toEqual(new Map());
  });
});
