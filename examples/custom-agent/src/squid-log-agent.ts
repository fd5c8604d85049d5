import { randomUUID } from "node:crypto";
import { type CaptureAgent, type CaptureEvent, StraycallError } from "@straycall/core";
import { openFollowed } from "./follow-lines.js";

export interface SquidLogOptions {
  /** Squid's access log in its native format (https://wiki.squid-cache.org/Features/LogFormat). */
  path: string;
  /** Address of the machine that runs the job; the proxy may serve others. */
  client: string;
}

/** `1767225600.123 45 10.0.0.7 TCP_TUNNEL/200 3912 CONNECT registry.example:443 - HIER_DIRECT/203.0.113.9 -` */
const tunnel = /^(\d+\.\d{3}) +\d+ (\S+) TCP_\w+\/(\d+) (\d+) CONNECT (\S+):(\d{1,5}) /;

/** Reads the tunnels that a job opens from a proxy's log, as the proxy writes it. */
export function squidLogAgent({ path, client }: SquidLogOptions): CaptureAgent {
  return {
    name: "squid-log",
    async *capture(signal) {
      const log = await openFollowed(path).catch((cause: unknown) => {
        throw new StraycallError("CAPTURE_UNSUPPORTED", `${path} cannot be read`, { cause });
      });
      try {
        yield started();
        for await (const { text, offset } of log.lines(signal)) {
          yield* eventsOf(text, `squid-${offset}`, client);
        }
      } finally {
        await log.close();
      }
    },
  };
}

function started(): CaptureEvent {
  return {
    // Another capture of the same run is another event.
    id: `squid-${randomUUID()}`,
    time: Date.now(),
    type: "capture.started",
    agent: {
      name: "squid-log",
      blind_spots: [
        "Only calls through the proxy are seen, when they end.",
        "The proxy does not know which process calls.",
      ],
    },
  };
}

function* eventsOf(line: string, id: string, client: string): Generator<CaptureEvent> {
  const [, seconds, from, status, bytes, domain, port] = tunnel.exec(line) ?? [];
  if (domain === undefined || from !== client) return;
  const time = Number(seconds) * 1000;
  const connection = { id };
  yield {
    id,
    time,
    type: "network.connect",
    connection,
    process: { pid: 0 },
    destination: { domain, port: Number(port) },
    network: { transport: "tcp" },
  };
  const result = status === "200" ? "established" : "failed";
  yield { id: `${id}-result`, time, type: "network.result", connection, result };
  yield {
    id: `${id}-close`,
    time,
    type: "network.close",
    connection,
    destination: { bytes: Number(bytes) },
  };
}
