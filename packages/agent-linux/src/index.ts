export type { BlockPolicy } from "./block/policy.js";
export { cgroupMount } from "./cgroup/mount.js";
export { createRunCgroup, type RunCgroup } from "./cgroup/run-cgroup.js";
export { linuxAgent } from "./linux-agent.js";
export type { LinuxAgentOptions } from "./linux-agent-options.js";
export { type ProcAgentOptions, procAgent } from "./proc-agent.js";
export { type Machine, missingSupport, requireSupport, thisMachine } from "./support.js";
