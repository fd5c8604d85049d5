import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));

/** The service as people start it: a process of its own. */
export interface ChildService {
  url: string;
  /** Everything it has printed so far. */
  output(): string;
  /** Ends it and answers with its exit code, `null` if the signal killed it. */
  stop(signal: "SIGTERM" | "SIGKILL"): Promise<number | null>;
}

/** Starts it on a free port and waits until it says where it listens. */
export async function childService(
  environment: Record<string, string>,
  args: readonly string[] = ["--empty"],
): Promise<ChildService> {
  const child = spawnMain({ PORT: "0", ...environment }, args);
  const output = collectOutput(child);
  const ended = exitCode(child);
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", () => {
      const [, found] = /listens on (\S+)/.exec(output()) ?? [];
      if (found !== undefined && output().includes("Stop it")) resolve(found);
    });
    void ended.then(() => reject(new Error(`it ended: ${output()}`)));
  });
  return {
    url,
    output,
    stop(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** Runs it until it ends by itself. */
export async function failingService(
  environment: Record<string, string>,
  args: readonly string[] = ["--empty"],
): Promise<{ code: number | null; output: string }> {
  const child = spawnMain(environment, args);
  const output = collectOutput(child);
  return { code: await exitCode(child), output: output() };
}

function spawnMain(environment: Record<string, string>, args: readonly string[]): ChildProcess {
  const { PATH = "" } = process.env;
  // One process and no shell or npm between: a signal reaches the service itself.
  return spawn(
    process.execPath,
    ["--conditions=@straycall/source", "--import", import.meta.resolve("tsx"), main, ...args],
    { env: { PATH, ...environment }, stdio: ["ignore", "pipe", "pipe"] },
  );
}

function collectOutput(child: ChildProcess): () => string {
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  return () => output;
}

function exitCode(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once("close", (code) => resolve(code)));
}
