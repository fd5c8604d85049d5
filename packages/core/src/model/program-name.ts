import { visibleText } from "../display/visible-text.js";
import type { ProcessRecord } from "../run/process.js";

const maxLength = 64;

/** One executable, many programs: which one it is says the name it was started by. */
const multiCall = new Set(["busybox", "toybox"]);

/**
 * The file name of a process's program: `python` for `/usr/bin/python3.11`, `clang` for `clang-14`.
 *
 * Without versions, `.exe` and the hash that Cargo gives a test's file name; `memfd` for a program without a file.
 * Of a process whose executable is not known, by its first argument, else `unknown`. At most 64 characters.
 */
export function programName({
  executable,
  args,
}: Pick<ProcessRecord, "executable" | "args">): string {
  const [first = "", second = ""] = args;
  const name = nameOf(executable ?? first);
  if (!multiCall.has(name)) return name;
  const applet = nameOf(first);
  return multiCall.has(applet) && second !== "" ? nameOf(second) : applet;
}

function nameOf(path: string): string {
  // Linux writes so of a program whose file was deleted, and of one that never had a file.
  const file = fileName(path.slice(-4096).replace(/ \(deleted\)$/, ""));
  if (file.startsWith("memfd:")) return "memfd";
  // A login shell is `-bash`; daemons write what they do behind their name: `nginx: worker process`.
  const [word = ""] = file.slice(0, 256).replace(/^-/, "").split(/[\s:]/, 1);
  const name = word.replace(/\.exe$/i, "").replace(/-[0-9a-f]{16}$/, "");
  return visibleText(withoutVersion(name), maxLength) || "unknown";
}

/** The last part of a path, as POSIX and Windows write them. */
export function fileName(path: string): string {
  const isWindows = /^(?:[a-z]:)?\\/i.test(path);
  return path.slice(Math.max(path.lastIndexOf("/"), isWindows ? path.lastIndexOf("\\") : -1) + 1);
}

/** A name without the version at its end: `python3.11`, `clang-14`, `node-v20.11.0`, `yarn-4.1.0`. */
export function withoutVersion(name: string): string {
  const bare = name.replace(/(?<![\d.])(?:[-_.]v?)?\d{1,9}(?:\.\d{1,9}){0,4}$/, "");
  return bare === "" ? name : bare;
}
