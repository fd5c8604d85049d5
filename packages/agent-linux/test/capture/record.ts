import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import {
  type CaptureEvent,
  type CaptureEventType,
  type EventOf,
  parseEvents,
} from "@straycall/core";
import { type BlockPolicy, createRunCgroup, linuxAgent } from "../../src/index.js";

/** What an agent saw of one command. */
export interface Recording {
  events: CaptureEvent[];
  /** What the command printed. */
  output: string;
  pid: number;
}

export interface RecordOptions {
  environment?: Record<string, string>;
  ringBytes?: number;
  /** Trusted besides those of the machine. */
  resolvers?: readonly string[];
  /** Does something before the first event after `capture.started` is taken. */
  holdUntilExit?: boolean;
  /** Does something inside the cgroup before the agent starts. */
  beforeStart?: (cgroup: string) => Promise<void>;
  policy?: BlockPolicy;
}

/** How long the last packets of a closed connection may take on loopback. */
const settleMs = 150;
let runs = 0;

/** Tests that need root say so rather than pass without a look. */
export function requireRoot(): void {
  if (process.getuid?.() === 0) return;
  throw new Error("These tests load programs into the kernel: run them as root.");
}

/** Runs a command inside a cgroup of its own with the real agent on it, and checks every event by core's schema. */
export async function record(
  command: readonly string[],
  {
    environment = {},
    ringBytes,
    resolvers = [],
    holdUntilExit = false,
    beforeStart,
    policy,
  }: RecordOptions = {},
): Promise<Recording> {
  requireRoot();
  const cgroup = createRunCgroup(`test-${process.pid}-${++runs}`);
  const stop = new AbortController();
  const events: CaptureEvent[] = [];
  let ran: Promise<Omit<Recording, "events">> | undefined;
  try {
    await beforeStart?.(cgroup.path);
    const agent = linuxAgent({
      cgroup: cgroup.path,
      resolvers,
      ...(ringBytes === undefined ? {} : { ringBytes }),
      ...(policy === undefined ? {} : { policy }),
    });
    for await (const event of agent.capture(stop.signal)) {
      events.push(event);
      if (event.type !== "capture.started") continue;
      ran = runInside(cgroup.path, command, environment).finally(() => stop.abort());
      if (holdUntilExit) await ran;
    }
    const { rejected } = parseEvents(events);
    if (rejected.length > 0) throw new Error(`core rejects ${JSON.stringify(rejected[0])}`);
    if (ran === undefined) throw new Error("the agent never said that it started");
    return { events, ...(await ran) };
  } finally {
    cgroup.remove();
  }
}

async function runInside(
  cgroup: string,
  command: readonly string[],
  environment: Record<string, string>,
): Promise<Omit<Recording, "events">> {
  const child = spawnInside(cgroup, command, environment);
  let output = "";
  child.stdout.on("data", (data: Buffer) => {
    output += data.toString();
  });
  await once(child, "close");
  await sleep(settleMs);
  return { output, pid: child.pid ?? 0 };
}

/** Starts a command inside a cgroup; its output comes through a pipe. */
export function spawnInside(
  cgroup: string,
  command: readonly string[],
  environment: Record<string, string> = {},
) {
  const enter = `echo $$ > ${cgroup}/cgroup.procs && exec "$@"`;
  return spawn("/bin/sh", ["-c", enter, "sh", ...command], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { PATH: "/usr/bin:/bin", ...environment },
  });
}

/** Runs a Python script. */
export function recordPython(script: string, options: RecordOptions = {}): Promise<Recording> {
  return record(["/usr/bin/python3", "-c", script], options);
}

/** The events of one type. */
export function ofType<T extends CaptureEventType>(
  { events }: Pick<Recording, "events">,
  type: T,
): EventOf<T>[] {
  return events.filter((event): event is EventOf<T> => event.type === type);
}

/** The calls to one port. */
export function callsTo(recording: Recording, port: number): EventOf<"network.connect">[] {
  return ofType(recording, "network.connect").filter(
    ({ destination }) => destination.port === port,
  );
}

/** What became of a call. */
export function resultsOf(
  recording: Recording,
  { connection }: EventOf<"network.connect">,
): EventOf<"network.result">[] {
  return ofType(recording, "network.result").filter(
    (event) => event.connection.id === connection.id,
  );
}

export function closesOf(
  recording: Recording,
  { connection }: EventOf<"network.connect">,
): EventOf<"network.close">[] {
  return ofType(recording, "network.close").filter(
    (event) => event.connection.id === connection.id,
  );
}
