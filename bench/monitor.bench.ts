/** What observing costs: a job of many short processes, each making one HTTP call to a known endpoint. */
import { type CaptureEvent, createMonitor, memoryStore, parseEvents } from "@straycall/core";

const processes = 2_000;
const batchSize = 500;
const rounds = 5;

function jobEvents(): CaptureEvent[] {
  const events: CaptureEvent[] = [];
  let time = 1_700_000_000_000;
  const next = () => {
    time += 1;
    return { id: `e${time}`, time };
  };
  for (let pid = 1; pid <= processes; pid += 1) {
    const process = { pid, entity_id: `${pid}-1`, parent: { pid: 1 } };
    const connection = { id: `c${pid}` };
    const name = `host${pid % 20}.example`;
    const ip = `198.51.100.${pid % 20}`;
    events.push(
      { ...next(), type: "process.fork", process },
      {
        ...next(),
        type: "process.exec",
        process: { ...process, executable: "/usr/bin/curl", args: ["curl", `http://${name}/`] },
      },
      {
        ...next(),
        type: "dns.answer",
        process,
        dns: { question: { name }, answers: [{ name, type: "A", data: ip }] },
      },
      {
        ...next(),
        type: "network.connect",
        connection,
        process,
        destination: { ip, port: 80 },
        network: { transport: "tcp" },
      },
      { ...next(), type: "network.result", connection, result: "established" },
      {
        ...next(),
        type: "http.request",
        connection,
        http: { request: { method: "GET" } },
        url: { domain: name, path: "/" },
      },
      { ...next(), type: "network.close", connection, source: { bytes: 80 } },
      { ...next(), type: "process.exit", process },
    );
  }
  return events;
}

/** The fastest of some rounds, in events per second. */
async function fastest(events: number, work: () => unknown): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    await work();
    best = Math.min(best, performance.now() - start);
  }
  return (events / best) * 1_000;
}

export default async function monitorBench() {
  const events = jobEvents();
  const text = JSON.stringify(events);
  const job = { platform: "local", repository: "bench", workflow: "ci", job: "build" };
  const monitor = createMonitor({ store: memoryStore() });
  let runs = 0;

  const rates = {
    "JSON.parse of the same events (peer)": await fastest(events.length, () => JSON.parse(text)),
    "parseEvents (check and mask)": await fastest(events.length, () => parseEvents(events)),
    "monitor, whole run, memory store": await fastest(events.length, async () => {
      runs += 1;
      const run = await monitor.startRun({ job, runId: `${runs}` });
      for (let at = 0; at < events.length; at += batchSize) {
        await run.observe(events.slice(at, at + batchSize));
      }
      await run.finish();
    }),
  };
  const [peer = 1] = Object.values(rates);
  for (const [what, rate] of Object.entries(rates)) {
    const ratio = (peer / rate).toFixed(1);
    console.log(`${what.padEnd(40)} ${Math.round(rate / 1000)} k events/s, ${ratio} x peer's time`);
  }
  await monitor.close();
}
