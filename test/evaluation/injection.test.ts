import { describe, expect, test } from "vitest";
import type { JobTimeline, Stage } from "../../bench/detection/data/job-timeline.js";
import type { Incident } from "../../bench/detection/data/read-incidents.js";
import { fits } from "../../bench/detection/injection/ecosystem.js";
import { hostileCalls } from "../../bench/detection/injection/hostile-calls.js";
import { driftRates } from "../../bench/detection/simulation/drift.js";
import { simulateJob } from "../../bench/detection/simulation/simulated-job.js";
import type { SimulatedRun } from "../../bench/detection/simulation/simulated-run.js";

const stage: Stage = {
  from: 0,
  to: 1_000_000,
  endpoints: [{ host: "example.com", port: 443, pattern: false }],
  runsOn: "ubuntu-latest",
  uses: ["actions/checkout@v4"],
  steps: 4,
  shellTools: ["npm"],
  mentions: new Map(),
};
const timeline: JobTimeline = {
  repository: "acme/shop",
  workflow: "ci.yml",
  job: "build",
  group: "acme",
  weight: 1,
  stages: [stage],
};
const world = { seed: 1, drift: driftRates(1), sharedHosts: new Set<string>() };

function firstRun(): SimulatedRun {
  const [run] = simulateJob(world, timeline, [{ time: 1, stage: 0 }]);
  if (!run) throw new Error("the job did not run");
  return run;
}

const incident = (call: Partial<Incident["calls"][0]>): Incident => ({
  id: "theft",
  ecosystem: "npm",
  calls: [
    {
      host: "thief.example",
      port: 443,
      protocol: "https",
      method: undefined,
      path: undefined,
      process: "",
      purpose: "exfil",
      ...call,
    },
  ],
});

const injected = (of: Incident, stealthy = false, name = "1") =>
  hostileCalls(of, stage, firstRun(), { seed: 1, name, stealthy });
const programs = ([call]: ReturnType<typeof injected>) =>
  [call?.caller.process, ...(call?.caller.ancestors ?? [])].map((process) =>
    process?.executable?.slice(process.executable.lastIndexOf("/") + 1),
  );

describe("an incident's calls", () => {
  test("come from an install script, below the package manager and the step's shell", () => {
    const calls = injected(incident({ process: "curl <- node setup.js <- npm preinstall" }));

    expect(programs(calls)).toEqual([
      "curl",
      "node",
      "sh",
      "node",
      "bash",
      "Runner.Worker",
      "Runner.Listener",
    ]);
  });

  test("come from a process and step that already calls, if they are to be stealthy", () => {
    const callers = firstRun().calls.map(({ caller }) => caller.key);
    const [call] = injected(incident({ process: "curl" }), true);

    expect(callers).toContain(call?.caller.key);
  });

  test("show a request only where method and path are known and TLS can be read", () => {
    const http = { port: 80, protocol: "http", method: "POST" };
    expect(injected(incident({ ...http, path: "/take?x=1" }))[0]?.requests).toEqual([
      { method: "POST", path: "/take" },
    ]);
    expect(injected(incident(http))[0]?.requests).toEqual([]);
    const bun = { method: "POST", path: "/take", process: "bun x.js" };
    expect(injected(incident(bun))[0]?.requests).toEqual([]);
  });

  test("carry data in the names they ask for, if they leave through DNS", () => {
    const [call] = injected(incident({ port: 53, protocol: "dns" }));

    expect(call?.transport).toBe("udp");
    expect(call?.questions?.count).toBeGreaterThan(100);
    expect(call?.questions?.asked[0]?.name).toMatch(/^[a-z2-7]{40,63}\.0\.thief\.example$/);
  });

  test("have what varies filled in", () => {
    const path = { port: 80, protocol: "http", method: "GET", path: "/x/<base64 env>(.exe)" };
    expect(injected(incident(path))[0]?.requests[0]?.path).toMatch(/^\/x\/[0-9a-f]{300,}$/);
  });
});

test("an incident fits jobs that have its ecosystem, and any job if it needs none", () => {
  expect(fits("npm", stage)).toBe(true);
  expect(fits("crates.io", stage)).toBe(false);
  expect(fits("npm+github-action", { ...stage, shellTools: [] })).toBe(true);
  expect(fits("github-workflow", { ...stage, shellTools: [] })).toBe(true);
});
