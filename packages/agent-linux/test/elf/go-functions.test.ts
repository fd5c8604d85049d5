import { describe, expect, it } from "vitest";
import type { ByteReader } from "../../src/elf/elf-tables.js";
import { goFunctions } from "../../src/elf/go-functions.js";
import { type GoProgram, writeGoProgram } from "./write-go-program.js";

const checked = Buffer.from("493b661076064883ec18909090909090", "hex");
const checkSize = 6;
/** Where writeGoProgram puts the code. */
const codeStart = 120;
const wanted = ["tls.(*Conn).Write", "tls.(*Conn).Close"];
const functions = ["main.main", "my/tls.(*Conn).Write", ...wanted, "tls.(*Conn).WriteTo"].map(
  (name) => ({ name, code: checked }),
);
const expected = new Map([
  ["tls.(*Conn).Write", codeStart + 2 * checked.length + checkSize],
  ["tls.(*Conn).Close", codeStart + 3 * checked.length + checkSize],
]);

const bytesOf =
  (file: Buffer): ByteReader =>
  (offset, length) =>
    file.subarray(offset, offset + length);
const find = (file: Buffer) => goFunctions(bytesOf(file), wanted);
const program = (fields: Partial<GoProgram> = {}) => writeGoProgram({ functions, ...fields });

describe("the functions of a Go program", () => {
  it("are found by their whole names, behind the check of the stack", () => {
    expect(find(program())).toEqual(expected);
  });

  it("are found wherever linkers put their table", () => {
    for (const section of [".data.rel.ro.gopclntab", ".data.rel.ro", ".rodata"]) {
      expect(find(program({ section }))).toEqual(expected);
    }
    expect(find(program({ section: ".data" }))).toEqual(new Map());
  });

  it("are found where only the loader knows the address of the code", () => {
    expect(find(program({ relocated: true }))).toEqual(expected);
  });

  it("are none in a file that is cut, or is something else", () => {
    const whole = program();
    for (let length = 0; length < whole.length; length += 7) {
      expect(find(whole.subarray(0, length))).toEqual(new Map());
    }
    expect(find(Buffer.from("#!/bin/sh\n".padEnd(200)))).toEqual(new Map());
  });

  it("are not guessed where one begins in another way", () => {
    const odd = functions.map(({ name }) => ({ name, code: Buffer.alloc(16, 0x90) }));
    expect(() => find(program({ functions: odd }))).toThrow("begins unlike Go");
    expect(() => find(program({ machine: 3 }))).toThrow("begins unlike Go");
  });

  it("are none in a file full of what looks like them", () => {
    const start = Buffer.from("f1ffffff00000108", "hex");
    const name = Buffer.from("\0tls.(*Conn).Write\0");
    const many = Buffer.concat([...Array(20_000).fill(start), ...Array(20_000).fill(name)]);
    const file = program({ functions: [{ name: many.toString("latin1"), code: checked }] });
    expect(find(file)).toEqual(new Map());
  });
});
