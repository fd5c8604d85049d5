import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { CaptureAgent } from "@straycall/core";
import type { WatchedPlace } from "@straycall/core/conformance";
import { listenTcp } from "./listen.js";

/** Connects where it is told to: `PORT COUNT` a line. Keeps a single connection open, and closes those of a flood. */
const caller = `
import socket, sys
kept = []
for line in sys.stdin:
  port, count = map(int, line.split())
  for _ in range(count):
    made = socket.create_connection(("127.0.0.1", port))
    if count == 1: kept.append(made)
    else: made.close()
  print("made", flush=True)`;

const floodCalls = 1_000;

export interface CallingPlaceOptions {
  agent: CaptureAgent;
  /** Brings the process that calls to where the agent sees it. */
  enter(pid: number): void;
  held?(): number;
  close?(): void;
}

/** A real process that makes real calls, for the conformance suite. */
export async function callingPlace({
  agent,
  enter,
  held,
  close,
}: CallingPlaceOptions): Promise<WatchedPlace> {
  const child = spawn("/usr/bin/python3", ["-c", caller], { stdio: ["pipe", "pipe", "inherit"] });
  const pid = child.pid ?? 0;
  enter(pid);
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const servers: { close(): Promise<void> }[] = [];

  const make = async (count: number) => {
    const server = await listenTcp("127.0.0.1", (socket) => socket.resume());
    servers.push(server);
    child.stdin.write(`${server.port} ${count}\n`);
    await answers.next();
    return { host: "127.0.0.1", port: server.port, pid };
  };

  return {
    agent,
    call: () => make(1),
    flood: async () => ({ ...(await make(floodCalls)), count: floodCalls }),
    ...(held === undefined ? {} : { held }),
    async close() {
      child.stdin.end();
      await once(child, "exit");
      for (const server of servers) await server.close();
      close?.();
    },
  };
}
