import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { procAgent } from "@straycall/agent-linux";

/*
 * Which share of calls the fallback, looking at /proc, sees, by how long they last: 1,000 TCP calls of one process,
 * ten at a time, each kept open for so long. Run it in a network namespace of its own to see what a container would:
 * `unshare --net sh -c "ip link set lo up && npm run bench -- polling"`.
 */

const callsEach = 1_000;
const atATime = 10;

const caller = `
import socket, sys, threading, time
port, lifetime = int(sys.argv[1]), float(sys.argv[2])
def call():
  for _ in range(${callsEach / atATime}):
    made = socket.create_connection(("127.0.0.1", port))
    time.sleep(lifetime)
    made.close()
threads = [threading.Thread(target=call) for _ in range(${atATime})]
for each in threads: each.start()
for each in threads: each.join()`;

export default async function pollingBench(): Promise<void> {
  const server = createServer((socket) => socket.resume().on("error", () => {}));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  console.log(
    "| a call lasts | told with its process | told without | counted as lost | agent's CPU |",
  );
  console.log("|---|---|---|---|---|");
  for (const milliseconds of [1, 10, 100, 1_000]) {
    const { told, nobodys, lost, cpu } = await share(port, milliseconds);
    console.log(
      `| ${milliseconds} ms | ${percent(told)} | ${percent(nobodys)} | ${lost} | ${(cpu * 100).toFixed(0)} % of a core |`,
    );
  }
  server.close();
}

const percent = (count: number) => `${((count / callsEach) * 100).toFixed(1)} %`;

async function share(port: number, milliseconds: number) {
  const stop = new AbortController();
  let told = 0;
  let nobodys = 0;
  let lost = 0;
  let ran: Promise<unknown> | undefined;
  const cpuBefore = process.cpuUsage();
  const began = process.hrtime.bigint();
  for await (const event of procAgent({ descendantsOf: process.pid }).capture(stop.signal)) {
    if (event.type === "capture.started") {
      const args = ["-c", caller, String(port), String(milliseconds / 1_000)];
      const child = spawn("/usr/bin/python3", args, { stdio: "inherit" });
      ran = once(child, "exit").then(() => sleep(100).then(() => stop.abort()));
    }
    if (event.type === "network.connect" && event.destination.port === port) {
      if (event.process.pid === 0) nobodys += 1;
      else told += 1;
    }
    if (event.type === "capture.lost") lost += event.lost.count;
  }
  await ran;
  const { user, system } = process.cpuUsage(cpuBefore);
  return {
    told,
    nobodys,
    lost,
    cpu: (user + system) / (Number(process.hrtime.bigint() - began) / 1e3),
  };
}
