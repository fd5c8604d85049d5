import { spawn } from "node:child_process";
import { adoptOrphans } from "../native/orphans.js";
import { descendantsOf, hasEnded } from "../proc/process-scope.js";
import { procAgent } from "../proc-agent.js";
import type { CommandScope } from "./command-scope.js";

const buryEveryMs = 500;

/** A scope that needs no rights: what descends from this process. It is watched by looking at /proc. */
export function pollingScope(): CommandScope {
  const orphans = adoptOrphans();
  const descendants = descendantsOf(process.pid);
  let command: number | undefined;
  const inside = () => descendants.pids().filter((pid) => !hasEnded(pid));
  const burying = setInterval(() => {
    // The command itself is waited for by Node.
    for (const pid of descendants.pids()) if (pid !== command && hasEnded(pid)) orphans.bury(pid);
  }, buryEveryMs);
  burying.unref();
  return {
    agent: procAgent({ descendantsOf: process.pid }),
    start([program, ...args], { stdout }) {
      const child = spawn(program, args, { stdio: ["inherit", stdout, "inherit"] });
      command = child.pid;
      return child;
    },
    population: () => inside().length,
    endRest: async () => 0,
    close() {
      clearInterval(burying);
      orphans.release();
    },
  };
}
