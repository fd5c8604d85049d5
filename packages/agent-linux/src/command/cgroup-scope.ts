import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { StraycallError } from "@straycall/core";
import { ulid } from "ulid";
import type { BlockPolicy } from "../block/policy.js";
import { cgroupsBelow } from "../cgroup/cgroup-tree.js";
import { cgroupMount } from "../cgroup/mount.js";
import { createRunCgroup, isPopulated, readPids } from "../cgroup/run-cgroup.js";
import { linuxAgent } from "../linux-agent.js";
import { libc } from "../native/libc.js";
import { requireSupport } from "../support.js";
import type { CommandScope } from "./command-scope.js";

export interface CgroupScopeOptions {
  /** Believed besides those of the machine. */
  resolvers?: readonly string[];
  /** Denies what it does not allow. */
  policy?: BlockPolicy | undefined;
}

/**
 * A scope that is a cgroup of its own, so that nothing but the command is watched.
 *
 * @throws StraycallError CAPTURE_UNSUPPORTED; CONFIG_INVALID if there are too many resolvers
 */
export function cgroupScope({ resolvers = [], policy }: CgroupScopeOptions = {}): CommandScope {
  requireSupport();
  const cgroup = createRunCgroup(ulid());
  const home = ownCgroup() ?? dirname(cgroup.path);
  return {
    agent: linuxAgent({
      cgroup: cgroup.path,
      resolvers,
      ...(policy === undefined ? {} : { policy }),
    }),
    start([program, ...args], { stdout }) {
      // A child begins in its parent's cgroup. A shell that moves itself and then executes the command would be
      // simpler, but drops every variable whose name is none for a shell, such as GitHub's INPUT_MY-INPUT.
      cgroup.add(process.pid);
      if (policy) giveUpRawSockets();
      try {
        return spawn(program, args, { stdio: ["inherit", stdout, "inherit"] });
      } finally {
        leaveTo(home);
      }
    },
    population() {
      const inside = cgroupsBelow(cgroup.path).flatMap(readPids);
      return inside.filter((pid) => pid !== process.pid).length;
    },
    async endRest() {
      if (policy === undefined) return 0;
      if (cgroup.pids().includes(process.pid)) leaveTo(dirname(cgroup.path));
      if (cgroup.pids().includes(process.pid)) {
        const message = "What the command left behind cannot be ended: this process is among it.";
        throw new StraycallError("CAPTURE_FAILED", message);
      }
      return cgroup.endAll();
    },
    close() {
      // Whoever is moved out of the cgroup is out of the policy.
      if (policy?.failClosed && isPopulated(cgroup.path)) return;
      cgroup.remove();
    },
  };
}

/**
 * What this process starts from now on can have no packet sockets, whoever it runs as (CAP_NET_RAW, capabilities(7)):
 * their frames pass no program of the cgroup. This process never needs that right.
 */
function giveUpRawSockets() {
  const dropFromBoundingSet = 24;
  const netRaw = 13;
  if (libc().prctl(dropFromBoundingSet, netRaw) < 0) {
    throw new StraycallError(
      "CAPTURE_FAILED",
      `The command could not be kept from packet sockets: ${libc().lastError()}.`,
    );
  }
}

function leaveTo(cgroup: string) {
  try {
    writeFileSync(join(cgroup, "cgroup.procs"), String(process.pid));
  } catch {
    // The command runs by now, and staying inside does no harm: this process calls nobody.
  }
}

/** This process's cgroup; `undefined` in a container that sees another part of the tree than it is in. */
function ownCgroup(): string | undefined {
  // cgroups(7): version 2 is the line of hierarchy 0.
  const path = /^0::(.*)$/m.exec(readFileSync("/proc/self/cgroup", "utf8"))?.[1];
  const mount = cgroupMount();
  if (path === undefined || mount === undefined) return undefined;
  const cgroup = join(mount, path);
  return existsSync(join(cgroup, "cgroup.procs")) ? cgroup : undefined;
}
