import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { UserFunction } from "./bpf/attach-program.js";
import { readElf } from "./elf/elf-file.js";
import { functionOffset } from "./elf/function-offset.js";

const libraryNames = /^(libc\.so|libc-|ld-musl-)/;

/**
 * getaddrinfo(3) in the C library of this machine: the one that Node itself runs on.
 *
 * @throws Error if there is none, as in a program that is linked statically
 */
export function findLookupFunction(): UserFunction {
  const maps = readFileSync("/proc/self/maps", "utf8");
  const mapped = new Set(maps.split("\n").map((line) => line.slice(line.indexOf("/"))));
  for (const path of mapped) {
    if (!libraryNames.test(basename(path))) continue;
    const offset = functionOffset(readElf(readFileSync(path)), "getaddrinfo");
    if (offset !== undefined) return { path, offset };
  }
  throw new Error("no C library with getaddrinfo was found");
}
