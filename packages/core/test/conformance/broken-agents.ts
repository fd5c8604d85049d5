import type { WatchedPlace } from "../../src/conformance/index.js";
import { type CaptureAgent, type CaptureEvent, withHeartbeats } from "../../src/index.js";

/** How many events the agents here hold while nobody takes them. */
const capacity = 50;
const pid = 4711;

interface Wire {
  /** Hears of calls from now on. */
  listen(hear: (event: CaptureEvent) => void): () => void;
  listeners: number;
  carry(port: number): void;
}

/** Where the calls are made that the agents here watch. */
function wire(): Wire {
  const listeners = new Set<(event: CaptureEvent) => void>();
  let calls = 0;
  return {
    get listeners() {
      return listeners.size;
    },
    listen(hear) {
      listeners.add(hear);
      return () => listeners.delete(hear);
    },
    carry(port) {
      calls += 1;
      for (const hear of listeners) {
        hear({
          id: `call-${calls}`,
          time: Date.now(),
          type: "network.connect",
          connection: { id: `connection-${calls}` },
          process: { pid },
          destination: { ip: "192.0.2.1", port },
          network: { transport: "tcp" },
        });
      }
    },
  };
}

let captures = 0;

/** An agent that keeps every promise. */
function wireAgent(from: Wire): CaptureAgent {
  return {
    name: "wire",
    async *capture(signal) {
      const held: CaptureEvent[] = [];
      let lost = 0;
      const stop = from.listen((event) => {
        if (held.length < capacity) held.push(event);
        else lost += 1;
      });
      captures += 1;
      const prefix = `wire-${captures}`;
      try {
        yield { id: prefix, time: Date.now(), type: "capture.started", agent: { name: "wire" } };
        while (!signal.aborted || held.length > 0) {
          yield* held.splice(0);
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
        if (lost === 0) return;
        const reason = "nobody took them";
        const id = `${prefix}-lost`;
        yield { id, time: Date.now(), type: "capture.lost", lost: { count: lost, reason } };
      } finally {
        stop();
      }
    },
  };
}

/** The good agent with another capture. */
const agentThat =
  (capture: (good: CaptureAgent, signal: AbortSignal, from: Wire) => AsyncIterable<CaptureEvent>) =>
  (from: Wire): CaptureAgent => ({
    name: "wire",
    capture: (signal) => capture(wireAgent(from), signal, from),
  });

/** The good agent with each event replaced by others. */
const agentThatTells = (replace: (event: CaptureEvent) => CaptureEvent[]) =>
  agentThat(async function* (good, signal) {
    for await (const event of good.capture(signal)) yield* replace(event);
  });

function watched(agent: (from: Wire) => CaptureAgent): WatchedPlace {
  const from = wire();
  let port = 1_000;
  return {
    agent: agent(from),
    async call() {
      port += 1;
      from.carry(port);
      return { host: "192.0.2.1", port, pid };
    },
    async flood() {
      const count = 3 * capacity;
      for (let made = 0; made < count; made += 1) from.carry(9);
      return { host: "192.0.2.1", port: 9, pid, count };
    },
    held: () => from.listeners,
    close: async () => {},
  };
}

export const goodPlace = () => watched(wireAgent);

const heard = (from: Wire) => withHeartbeats(wireAgent(from), { everyMs: 100 });
export const watchedPlace = () => watched(heard);

/** The good agent with heartbeats, and each event replaced by others. */
const heardAgentThatTells =
  (replace: (event: CaptureEvent) => CaptureEvent[]) =>
  (from: Wire): CaptureAgent => ({
    name: "wire",
    async *capture(signal) {
      for await (const event of heard(from).capture(signal)) yield* replace(event);
    },
  });

const promised = "one that promised heartbeats";

interface BrokenAgent {
  open: () => WatchedPlace;
  /** Part of the name of a case that must fail. */
  caughtBy: string;
}

const broken = (caughtBy: string, agent: (from: Wire) => CaptureAgent): BrokenAgent => ({
  caughtBy,
  open: () => watched(agent),
});

/** Agents that each break one promise, by how they break it. */
export const brokenAgents: Record<string, BrokenAgent> = {
  "never says that it started": broken(
    "says that it sees before anything else",
    agentThatTells((event) => (event.type === "capture.started" ? [] : [event])),
  ),
  "says twice that it started": broken(
    "says that it sees before anything else, once",
    agentThatTells((event) =>
      event.type === "capture.started" ? [event, { ...event, id: `${event.id}-again` }] : [event],
    ),
  ),
  "starts under another name": broken("under its own name", (from) => ({
    ...wireAgent(from),
    name: "other",
  })),
  "does not look whether it was aborted before": broken(
    "aborted before it began ends",
    agentThat((good, signal) =>
      good.capture(signal.aborted ? new AbortController().signal : signal),
    ),
  ),
  "does not see calls": broken(
    "calls: each is told with its process and the time it was made",
    agentThatTells((event) => (event.type === "network.connect" ? [] : [event])),
  ),
  "names another process": broken(
    "calls: each is told with its process and the time it was made",
    agentThatTells((event) =>
      event.type === "network.connect" ? [{ ...event, process: { pid: 1 } }] : [event],
    ),
  ),
  "tells seconds for milliseconds": broken(
    "calls: each is told with its process and the time it was made",
    agentThatTells((event) => [{ ...event, time: event.time / 1_000 }]),
  ),
  "tells what core refuses": broken(
    "core takes every one",
    agentThatTells((event) =>
      event.type === "network.connect" ? [{ ...event, process: { pid: -1 } }, event] : [event],
    ),
  ),
  "gives two events one id": broken(
    "no two share an id",
    agentThatTells((event) => [event, { ...event, type: "capture.lost", lost: noLoss }]),
  ),
  "counts its ids from 1 in every capture": broken(
    "not even in a second capture",
    agentThat(async function* (good, signal) {
      let count = 0;
      for await (const event of good.capture(signal)) {
        count += 1;
        yield { ...event, id: String(count) };
      }
    }),
  ),
  "tells the end of a call before the call": broken(
    "comes after its network.connect",
    agentThatTells((event) =>
      event.type === "network.connect"
        ? [
            {
              id: `${event.id}-end`,
              time: event.time,
              type: "network.close",
              connection: event.connection,
            },
            event,
          ]
        : [event],
    ),
  ),
  "calls every connection the same": broken(
    "comes after its network.connect",
    agentThatTells((event) =>
      event.type === "network.connect" ? [{ ...event, connection: { id: "1" } }] : [event],
    ),
  ),
  "goes on when it is aborted": broken(
    "an abort ends it though nothing happens",
    agentThat((good) => good.capture(new AbortController().signal)),
  ),
  "throws away what it holds when it is aborted": broken(
    "just before the abort is told",
    agentThat(async function* (good, signal) {
      for await (const event of good.capture(signal)) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        if (signal.aborted) return;
        yield event;
      }
    }),
  ),
  "works only once": broken(
    "an abort ends it though nothing happens, and it can begin again",
    (from) => {
      let isUsed = false;
      const good = wireAgent(from);
      return {
        name: "wire",
        capture(signal) {
          if (isUsed) throw new Error("in use");
          isUsed = true;
          return good.capture(signal);
        },
      };
    },
  ),
  "keeps on listening after its end": broken(
    "gives back all that it holds",
    agentThat((good, signal, from) => {
      from.listen(() => {});
      return good.capture(signal);
    }),
  ),
  "promises heartbeats and does not say that it stops": broken(
    promised,
    heardAgentThatTells((event) => (event.type === "capture.stopped" ? [] : [event])),
  ),
  "leaves a number out": broken(
    promised,
    heardAgentThatTells((event) =>
      event.type === "network.connect" ? [{ ...event, id: `${event.id}0` }] : [event],
    ),
  ),
  "counts what it did not send": broken(
    promised,
    heardAgentThatTells((event) =>
      event.type === "capture.stopped"
        ? [{ ...event, sent: { ...event.sent, events: event.sent.events + 1 } }]
        : [event],
    ),
  ),
  "keeps its loss to itself": broken(
    "each call is told or counted as lost",
    agentThatTells((event) => (event.type === "capture.lost" ? [] : [event])),
  ),
  "tells calls twice": broken(
    "of a flood while nobody takes events",
    agentThatTells((event) =>
      event.type === "network.connect"
        ? [0, 1, 2, 3, 4].map((n) => ({
            ...event,
            id: `${event.id}-${n}`,
            connection: { id: `${event.connection.id}-${n}` },
          }))
        : [event],
    ),
  ),
};

const noLoss = { count: 0, reason: "none" };
