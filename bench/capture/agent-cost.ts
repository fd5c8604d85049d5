import { startAgent } from "./agent-process.js";
import type { Load } from "./load.js";
import { median } from "./median.js";

const seconds = 5;
const callRates = [0, 1_000, 10_000];
const burstRates = [10_000, 20_000, 40_000, 60_000, 80_000, 100_000, 150_000];
const burstSeconds = 2;
const starts = 7;

/** Prints what the agent itself takes while a job calls at fixed rates. */
export async function printAgentCost(load: Load, cgroup: string) {
  const rows = [];
  for (const rate of callRates) {
    const agent = await startAgent(cgroup);
    const before = agent.cpuMs();
    const made = await load.run(cgroup, [], ["rate", rate, seconds, load.port]);
    const cpu = (agent.cpuMs() - before) / (seconds * 1_000);
    const resident = agent.residentMegabytes();
    const { calls, events, lost } = await agent.stop();
    rows.push({
      "TCP calls/s": rate,
      made,
      seen: calls,
      events,
      lost,
      "CPU, % of a core": Number((cpu * 100).toFixed(1)),
      "resident, MB": Math.round(resident),
    });
  }
  console.log(`The agent in a process of its own, ${seconds} s at each rate`);
  console.table(rows);
}

/** Prints how many calls a second the agent turns into events before the kernel's buffer overflows. */
export async function printSustainedRate(load: Load, cgroup: string) {
  const rows = [];
  for (const rate of burstRates) {
    const sent = rate * burstSeconds;
    const agent = await startAgent(cgroup);
    const took = (await load.run(cgroup, [], ["burst", rate, sent])) / 1e6;
    const { calls, events, lost } = await agent.stop();
    const reached = Math.round(sent / took);
    rows.push({ "asked, UDP calls/s": rate, reached, sent, seen: calls, events, lost });
    if (lost > 0) break;
  }
  console.log("Sustained rate: UDP, each call to an address of its own, until something is lost");
  console.table(rows);
}

export async function printStartTime(cgroup: string) {
  const reports = [];
  for (let start = 0; start < starts; start += 1) {
    const agent = await startAgent(cgroup);
    reports.push(await agent.stop());
  }
  const inProcess = Math.round(median(reports.map(({ captureMs }) => captureMs)));
  const whole = Math.round(median(reports.map(({ processMs }) => processMs)));
  console.log(
    `capture.started ${inProcess} ms after capture(), ${whole} ms after Node's start (median of ${starts})`,
  );
}
