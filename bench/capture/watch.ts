/** The agent in a process of its own, so that its time and memory can be told from the benchmark's. */
import { linuxAgent } from "@straycall/agent-linux";
import type { WatchReport } from "./agent-process.js";

const [cgroup = ""] = process.argv.slice(2);
const stop = new AbortController();
process.on("SIGTERM", () => stop.abort());

const calledAt = performance.now();
const report: WatchReport = { calls: 0, events: 0, lost: 0, captureMs: 0, processMs: 0 };
for await (const event of linuxAgent({ cgroup }).capture(stop.signal)) {
  report.events += 1;
  if (event.type === "network.connect") report.calls += 1;
  if (event.type === "capture.lost") report.lost += event.lost.count;
  if (event.type !== "capture.started") continue;
  report.processMs = performance.now();
  report.captureMs = report.processMs - calledAt;
  console.log("started");
}
console.log(JSON.stringify(report));
