import { readdirSync } from "node:fs";
import { agentConformance } from "@straycall/core/conformance";
import { beforeAll, describe, test } from "vitest";
import { createRunCgroup, linuxAgent } from "../../src/index.js";
import { callingPlace } from "./calling-place.js";
import { requireRoot } from "./record.js";

let places = 0;

describe("linuxAgent keeps what a capture agent promises", () => {
  beforeAll(requireRoot);
  agentConformance({
    test,
    open() {
      places += 1;
      const cgroup = createRunCgroup(`conformance-${process.pid}-${places}`);
      return callingPlace({
        // So small a buffer that the flood does not fit.
        agent: linuxAgent({ cgroup: cgroup.path, ringBytes: 65_536 }),
        enter: (pid) => cgroup.add(pid),
        held: () => readdirSync("/proc/self/fd").length,
        close: () => cgroup.remove(),
      });
    },
  });
});
