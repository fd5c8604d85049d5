import { goFunctions } from "../../src/elf/go-functions.js";
import { writeGoProgram } from "../../test/elf/write-go-program.js";
import type { FuzzedParser } from "../fuzzed-parser.js";

const hex = (text: string) => Buffer.from(text, "hex");
const names = ["main.main", "tls.(*Conn).Write", "tls.(*Conn).Close"];
const x64 = names.map((name) => ({ name, code: hex("493b661076064883ec18909090909090") }));
const arm64 = names.map((name) => ({
  name,
  code: hex("900b40f9f1c301d13f0210eb69300054fe0f11f8"),
}));

export const goProgram: FuzzedParser = {
  name: "goprogram",
  corpus: [
    writeGoProgram({ functions: x64 }),
    writeGoProgram({ functions: x64, section: ".data.rel.ro", relocated: true }),
    writeGoProgram({ functions: arm64, machine: 183 }),
  ],
  words: [
    hex("f0ffffff00000108"),
    hex("f1ffffff00000408"),
    hex("ffffffffffffffff"),
    hex("0010400000000000"),
    Buffer.from("\0tls.(*Conn).Write\0"),
    Buffer.from(".gopclntab\0"),
  ],
  parse(input) {
    const bytes = (offset: number, length: number) => input.subarray(offset, offset + length);
    try {
      return [...goFunctions(bytes, names)];
    } catch (error) {
      // What is thrown on purpose is told as a library that could not be watched.
      if (error instanceof Error && error.message.endsWith("begins unlike Go")) return [];
      throw error;
    }
  },
  maxOutput: () => 512,
};
