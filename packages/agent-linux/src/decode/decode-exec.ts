import type { ExecFact, Fact } from "./fact.js";
import { kernelNumber } from "./kernel-number.js";
import { exec, header } from "./record-layout.js";

export function decodeExec(fact: Fact, record: Buffer): ExecFact | undefined {
  if (record.length < exec.data) return undefined;
  const flags = record.readUInt16LE(header.flags);
  let end: number = exec.data;
  const next = (lengthAt: number) => {
    const start = end;
    end += record.readUInt32LE(lengthAt);
    return record.subarray(start, end);
  };
  const executable = next(exec.executableLength);
  const directory = next(exec.directoryLength);
  const args = next(exec.argsLength);
  const environment = next(exec.environmentLength);
  if (end > record.length) return undefined;

  const pathCut = (flags & exec.pathCut) !== 0;
  return {
    type: "exec",
    ...fact,
    cgroup: kernelNumber(record, exec.cgroup),
    executable: pathOf(executable, pathCut),
    directory: pathOf(directory, pathCut),
    args: stringsOf(args),
    argsCut: (flags & exec.argsCut) !== 0,
    environment: variablesOf(environment),
    environmentCut: (flags & exec.environmentCut) !== 0,
  };
}

/** The names of a path, the last one first. */
function pathOf(names: Buffer, isCut: boolean): string {
  if (names.length === 0) return isCut ? "" : "/";
  return `${isCut ? "…" : ""}/${stringsOf(names).reverse().join("/")}`;
}

/** Strings that each end with a NUL; a cut last one may lack it. */
function stringsOf(bytes: Buffer): string[] {
  if (bytes.length === 0) return [];
  const end = bytes.at(-1) === 0 ? bytes.length - 1 : bytes.length;
  return bytes.toString("utf8", 0, end).split("\0");
}

export function variablesOf(bytes: Buffer): Map<string, string> {
  const variables = new Map<string, string>();
  for (const variable of stringsOf(bytes)) {
    const equals = variable.indexOf("=");
    if (equals > 0) variables.set(variable.slice(0, equals), variable.slice(equals + 1));
  }
  return variables;
}
