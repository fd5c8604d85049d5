/**
 * How many events a second the agent makes of records: its two halves as two processes, but no kernel. Needs no root.
 * The peer is what the halves say to each other by itself: JSON.stringify and JSON.parse of the same events.
 */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { bundle } from "./bundle.js";

/** What packages/agent-linux/bench/agent-half.ts prints: processor time in microseconds an event, of peers too. */
type Report = Record<"events" | "perSecond" | "reader" | "agent" | "stringify" | "parse", number>;

const rounds = 3;
const sources = new URL("../packages/agent-linux/bench/", import.meta.url);

export default async function readerBench() {
  const source = (file: string) => fileURLToPath(new URL(`${file}.ts`, sources));
  const folder = await bundle("straycall-bench-reader", {
    "agent-half": source("agent-half"),
    "reading-half": source("reading-half"),
  });
  const reports: Report[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { stdout } = await promisify(execFile)(process.execPath, [join(folder, "agent-half.js")]);
    reports.push(JSON.parse(stdout));
  }
  const best = (of: (report: Report) => number) => Math.min(...reports.map(of));
  const row = (what: string, cost: number, peer: number) => ({
    what,
    "CPU, us an event": Number(cost.toFixed(2)),
    "x peer": Number((cost / peer).toFixed(1)),
  });
  const [stringify, parse] = [best((each) => each.stringify), best((each) => each.parse)];
  console.table([
    row("JSON.stringify (peer)", stringify, stringify),
    row(
      "reader: record to text",
      best(({ reader }) => reader),
      stringify,
    ),
    row("JSON.parse (peer)", parse, parse),
    row(
      "agent: text to event",
      best(({ agent }) => agent),
      parse,
    ),
  ]);
  const rate = Math.round(Math.max(...reports.map(({ perSecond }) => perSecond)));
  console.log(`${reports[0]?.events} events, ${rate} a second; best of ${rounds} rounds`);
}
