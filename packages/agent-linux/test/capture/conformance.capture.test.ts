import { readdirSync } from "node:fs";
import { agentConformance } from "@straycall/core/conformance";
import { beforeAll, describe, test } from "vitest";
import { createRunCgroup, linuxAgent, procAgent } from "../../src/index.js";
import { callingPlace } from "./calling-place.js";
import { requireRoot } from "./record.js";

let places = 0;
const newCgroup = () => {
  places += 1;
  return createRunCgroup(`conformance-${process.pid}-${places}`);
};
const held = () => readdirSync("/proc/self/fd").length;

describe("linuxAgent keeps what a capture agent promises", () => {
  beforeAll(requireRoot);
  agentConformance({
    test,
    open() {
      const cgroup = newCgroup();
      return callingPlace({
        // So small a buffer that the flood does not fit.
        agent: linuxAgent({ cgroup: cgroup.path, ringBytes: 65_536 }),
        enter: (pid) => cgroup.add(pid),
        held,
        close: () => cgroup.remove(),
      });
    },
  });
});

describe("procAgent keeps them for the descendants of a process", () => {
  const agent = procAgent({ descendantsOf: process.pid });
  agentConformance({ test, open: () => callingPlace({ agent, enter() {}, held }) });
});

describe("procAgent keeps them for a cgroup", () => {
  beforeAll(requireRoot);
  agentConformance({
    test,
    open() {
      const cgroup = newCgroup();
      return callingPlace({
        agent: procAgent({ cgroup: cgroup.path }),
        enter: (pid) => cgroup.add(pid),
        held,
        close: () => cgroup.remove(),
      });
    },
  });
});
