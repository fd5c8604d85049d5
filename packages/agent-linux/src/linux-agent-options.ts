import { normalizeAddress, StraycallError } from "@straycall/core";
import { type BlockPolicy, type CheckedPolicy, checkPolicy } from "./block/policy.js";

export interface LinuxAgentOptions {
  /** Folder of the cgroup (version 2) to watch, with everything below it. Default: the whole machine. */
  cgroup?: string;
  /**
   * Size of the kernel's buffer: a power of two, at least 4096. Default 8 MiB.
   *
   * What does not fit while nobody reads is counted and told as `capture.lost`.
   */
  ringBytes?: number;
  /**
   * Addresses of resolvers whose answers are believed besides those of `/etc/resolv.conf`, and in every network
   * namespace: a public one that the jobs ask directly, or the one that containers have.
   */
  resolvers?: readonly string[];
  /**
   * Denies every call in the cgroup that it does not allow, until the signal of `capture()` aborts or this process
   * ends: also after the watching broke. Needs `cgroup`.
   */
  policy?: BlockPolicy;
  /**
   * Where the bytes of the job are looked into: in a process that gave up its rights (the default), or, with `none`,
   * in this process and with all its rights, for where no second process can be started.
   */
  isolation?: "process" | "none";
  /**
   * How often the agent says that it is alive and looks whether it was tampered with, in milliseconds, from 100.
   * Default 5,000.
   */
  heartbeatMs?: number;
}

/** The options with their defaults, checked. */
export interface CheckedOptions {
  cgroup: string | undefined;
  ringBytes: number;
  heartbeatMs: number;
  resolvers: readonly string[];
  policy: CheckedPolicy | undefined;
  isolation: "process" | "none";
}

const defaultRingBytes = 8 << 20;
const maxRingBytes = 1 << 30;
const defaultHeartbeatMs = 5_000;
const maxHeartbeatMs = 3_600_000;
const maxResolvers = 32;

/** @throws StraycallError CONFIG_INVALID naming the option */
export function checkOptions(options: LinuxAgentOptions): CheckedOptions {
  const { cgroup, ringBytes = defaultRingBytes, heartbeatMs = defaultHeartbeatMs } = options;
  const isPowerOfTwo = Number.isInteger(Math.log2(ringBytes));
  if (!isPowerOfTwo || ringBytes < 4096 || ringBytes > maxRingBytes) {
    throw invalid("ringBytes", "must be a power of two from 4096 to 2^30");
  }
  if (!Number.isInteger(heartbeatMs) || heartbeatMs < 100 || heartbeatMs > maxHeartbeatMs) {
    throw invalid("heartbeatMs", `must be a whole number from 100 to ${maxHeartbeatMs}`);
  }
  const resolvers = checkResolvers(options.resolvers ?? []);
  if (options.policy && cgroup === undefined) {
    throw invalid("policy", "needs a cgroup: without one it would hold for the whole machine");
  }
  const policy = options.policy && checkPolicy(options.policy, resolvers);
  return {
    cgroup,
    ringBytes,
    heartbeatMs,
    resolvers,
    policy,
    isolation: options.isolation ?? "process",
  };
}

function checkResolvers(resolvers: readonly string[]): readonly string[] {
  const wrong = resolvers.find((address) => normalizeAddress(address) === undefined);
  if (wrong !== undefined) throw invalid("resolvers", `must be addresses, not "${wrong}"`);
  if (resolvers.length <= maxResolvers) return resolvers;
  throw invalid("resolvers", `must be ${maxResolvers} at most`);
}

function invalid(field: string, problem: string): StraycallError {
  return new StraycallError("CONFIG_INVALID", `${field} ${problem}`, { field });
}
