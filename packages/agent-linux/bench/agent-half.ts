/** The agent's half, for `npm run bench -- reader`: takes the events of a reading half as `linuxAgent` does, and prints what both cost. */
import { openSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type CaptureEvent, withHeartbeats } from "@straycall/core";
import type { NamedCgroup } from "../src/cgroup/cgroup-tree.js";
import { follow } from "../src/linux-agent.js";
import { oneByOne } from "../src/one-by-one.js";
import { readerProcess } from "../src/reader-process.js";
import { readMachineNames } from "../src/resolver/machine-names.js";
import { startReader } from "../src/start-reader.js";
import { eventMaker } from "../src/translate/event-maker.js";
import { processes, roundsOfJob } from "./records.js";

const batchSize = 512;
const keptEvents = 100 * batchSize;
const prefix = "b".repeat(10);
const clocks = { monotonic: 1_764_000_000_123.25, boot: 1_764_000_000_123 };
const started = startReader([fileURLToPath(new URL("reading-half.js", import.meta.url))]);
const cgroups = (): NamedCgroup[] => [["4711", "/straycall/run-4711"]];
const help = { watchPrograms() {}, processFiles: () => undefined, cgroups };
const reader = readerProcess(help, started);
const stop = new AbortController();

const agent = withHeartbeats({
  name: "bench",
  capture(signal) {
    reader.read(openSync("/dev/null", "r"), {
      ...{ ringBytes: 4_096, prefix, clocks, watched: [], agentPid: process.pid, seesProc: true },
      machineNames: readMachineNames([]),
    });
    const nothingLost = { losses: () => [], detach() {} };
    return oneByOne(follow(nothingLost, reader, eventMaker("a", clocks), { signal, over: signal }));
  },
});

/** utime and stime of proc_pid_stat(5), counted in hundredths of a second; in microseconds. */
function cpuOf(pid: number | undefined): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

function fastest(work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round += 1) {
    const before = process.cpuUsage().user;
    work();
    best = Math.min(best, process.cpuUsage().user - before);
  }
  return best;
}

await reader.ready();
const kept: CaptureEvent[] = [];
const readerBefore = cpuOf(started.pid);
const agentBefore = process.cpuUsage();
const startedAt = performance.now();
let events = 0;
let exits = 0;
let readerCost = 0;
let seconds = 0;
for await (const event of agent.capture(stop.signal)) {
  events += 1;
  if (kept.length < keptEvents) kept.push(event);
  if (event.type === "process.exit") exits += 1;
  if (exits < processes * roundsOfJob || stop.signal.aborted) continue;
  seconds = (performance.now() - startedAt) / 1_000;
  readerCost = cpuOf(started.pid) - readerBefore;
  stop.abort();
}
const { user, system } = process.cpuUsage(agentBefore);
await reader.close();

const batches = Array.from({ length: kept.length / batchSize }, (_, index) =>
  kept.slice(index * batchSize, (index + 1) * batchSize),
);
const texts = batches.map((batch) => JSON.stringify(batch));
// Microseconds of processor time for each event, but for the first two.
const report = {
  events,
  perSecond: events / seconds,
  reader: readerCost / events,
  agent: (user + system) / events,
  stringify: fastest(() => batches.map((batch) => JSON.stringify(batch))) / kept.length,
  parse: fastest(() => texts.map((text) => JSON.parse(text))) / kept.length,
};
console.log(JSON.stringify(report));
