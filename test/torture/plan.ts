import { createHash } from "node:crypto";
import { type CaptureEvent, type JobRef, jobKey, type RunRef, runKey } from "@straycall/core";
import type { TortureArguments } from "./arguments.js";
import type { SeededRandom } from "./seeded-random.js";

/** One run, and how its events are sent. */
export interface PlannedRun {
  ref: RunRef;
  key: string;
  commit: string;
  /** Each event is in one to three of them, in any order. */
  batches: CaptureEvent[][];
}

export interface Plan {
  runs: PlannedRun[];
  /** `job key` and subject of every detection that must be there, once. */
  expected: Set<string>;
  /** How often each job must have been learned. */
  runsOfJob: Map<string, number>;
}

const maxRunsOfJob = 4;
const maxBatches = 5;
const startedAt = Date.UTC(2026, 0, 1);

/** Each job has endpoints of its own; each of its runs calls some of them, and all are called by some run. */
export function makePlan(
  { jobs, endpoints }: Pick<TortureArguments, "jobs" | "endpoints">,
  random: SeededRandom,
): Plan {
  const plan: Plan = { runs: [], expected: new Set(), runsOfJob: new Map() };
  for (let job = 0; job < jobs; job += 1) {
    const ref = jobOf(job);
    const hosts = Array.from({ length: endpoints }, (_, at) => at)
      .filter((at) => at % jobs === job)
      .map((at) => `11.${(at >> 16) & 255}.${(at >> 8) & 255}.${at & 255}`);
    const count = 1 + random.below(maxRunsOfJob);
    plan.runsOfJob.set(jobKey(ref), count);
    for (const host of hosts) plan.expected.add(detectionName(jobKey(ref), `${host}:443`));
    for (let run = 0; run < count; run += 1) {
      const called = hosts.filter((_, at) => at % count === run || random.next() < 0.5);
      plan.runs.push(planRun(ref, run, called, random));
    }
  }
  plan.runs = random.shuffled(plan.runs);
  return plan;
}

export const detectionName = (job: string, subject: string) => `${job} ${subject}`;

/** A third of the jobs are told at the end of the run; see the settings. */
function jobOf(job: number): JobRef {
  const owner = job % 3 === 0 ? "per-run" : "immediate";
  const platform = "github";
  return { platform, repository: `${owner}/repository-${job}`, workflow: "ci.yml", job: "build" };
}

function planRun(
  job: JobRef,
  number: number,
  hosts: readonly string[],
  random: SeededRandom,
): PlannedRun {
  const ref: RunRef = { job, runId: `run-${number}`, attempt: 1 };
  const key = runKey(ref);
  const commit = createHash("sha1").update(key).digest("hex");
  const events = eventsOf(key, commit, hosts);
  const count = 1 + random.below(maxBatches);
  const batches: CaptureEvent[][] = Array.from({ length: count }, () => []);
  const copies = events.flatMap((event) =>
    Array.from({ length: 1 + random.below(3) }, () => event),
  );
  for (const event of random.shuffled(copies)) batches[random.below(count)]?.push(event);
  return { ref, key, commit, batches: batches.filter((batch) => batch.length > 0) };
}

function eventsOf(key: string, commit: string, hosts: readonly string[]): CaptureEvent[] {
  let made = 0;
  const envelope = () => {
    made += 1;
    return { id: `${key}-${made}`, time: startedAt + made };
  };
  // All that is known of the process comes with each call: no order of events makes one look different.
  const process = { pid: 7, executable: "/usr/bin/curl", args: ["curl"] };
  return [
    { ...envelope(), type: "run.started", run: { commit } },
    { ...envelope(), type: "capture.started", agent: { name: "torture" } },
    ...hosts.map(
      (ip, at): CaptureEvent => ({
        ...envelope(),
        type: "network.connect",
        connection: { id: `${key}-c${at}` },
        process,
        destination: { ip, port: 443 },
        network: { transport: "tcp" },
      }),
    ),
  ];
}
