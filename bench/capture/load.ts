import { execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

/** The compiled load generator, `load.c`. */
export interface Load {
  /** Runs one mode inside a cgroup, behind another command such as strace, and answers the number it prints. */
  run(cgroup: string, behind: readonly string[], mode: readonly unknown[]): Promise<number>;
  /** Where its server listens. */
  readonly port: number;
  stop(): void;
}

const enter = 'echo $$ > "$0"/cgroup.procs && exec "$@"';

export async function compileLoad(folder: string): Promise<Load> {
  const program = join(folder, "load");
  const source = fileURLToPath(new URL("load.c", import.meta.url));
  execFileSync("cc", ["-O2", "-o", program, source]);
  const server = spawn(program, ["serve"], { stdio: ["ignore", "pipe", "inherit"] });
  const [port] = await once(server.stdout, "data");
  return {
    port: Number(port),
    async run(cgroup, behind, mode) {
      const command = [...behind, program, ...mode.map(String)];
      const { stdout } = await promisify(execFile)("/bin/sh", ["-c", enter, cgroup, ...command]);
      return Number(stdout);
    },
    stop: () => void server.kill(),
  };
}
