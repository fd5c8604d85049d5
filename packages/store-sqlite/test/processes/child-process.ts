import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** Another Node process that runs one of the scripts of this folder, killed at the latest when the test ends. */
export interface Child {
  process: ChildProcess;
  /** Everything it printed so far, line by line. */
  lines: string[];
  /** Resolves when it has printed so many lines. */
  printed(count: number): Promise<void>;
  /** Lets it go on; each script waits for that once. */
  go(): void;
  /** Resolves with its exit code when it is gone, `null` if it was killed. */
  gone: Promise<number | null>;
}

export function startChild(script: string, ...args: string[]): Child {
  const process_ = spawn(
    process.execPath,
    [
      "--conditions=@straycall/source",
      "--import=tsx",
      fileURLToPath(new URL(script, import.meta.url)),
      ...args,
    ],
    { stdio: ["pipe", "pipe", "inherit"] },
  );
  onTestFinished(() => void process_.kill("SIGKILL"));
  const lines: string[] = [];
  const reader = createInterface({ input: process_.stdout });
  reader.on("line", (line) => lines.push(line));
  return {
    process: process_,
    lines,
    async printed(count) {
      while (lines.length < count) await once(reader, "line");
    },
    go: () => process_.stdin.end("go\n"),
    gone: Promise.all([once(process_, "exit"), once(reader, "close")]).then(([[code]]) => code),
  };
}
