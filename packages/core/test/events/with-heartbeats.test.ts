import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { CaptureAgent } from "../../src/contracts/capture-agent.js";
import type { CaptureEvent } from "../../src/events/event.js";
import { parseEvents } from "../../src/events/parse-events.js";
import { withHeartbeats } from "../../src/events/with-heartbeats.js";
import { runSession } from "../../src/run/run-session.js";
import { attached, exec, lost } from "../events/make-events.js";

const agentOf = (capture: CaptureAgent["capture"]): CaptureAgent =>
  withHeartbeats({ name: "test", capture }, { everyMs: 100 });

const started = (): CaptureEvent => ({ ...attached(), time: Date.now() });

/** Tells what it was given, then waits to be told to stop. */
const patient = (...events: CaptureEvent[]) =>
  agentOf(async function* (signal) {
    yield* events;
    while (!signal.aborted) await pause(5);
  });

async function captured(agent: CaptureAgent, count: number): Promise<CaptureEvent[]> {
  const stop = new AbortController();
  const events: CaptureEvent[] = [];
  for await (const event of agent.capture(stop.signal)) {
    events.push(event);
    if (events.length === count) stop.abort();
  }
  return events;
}

describe("an agent with heartbeats", () => {
  it("is heard of while nothing happens, and says what it sent when it stops", async () => {
    const events = await captured(patient(started(), exec(7, ["true"]), lost(3, "full")), 5);
    expect(events.map(({ type }) => type)).toEqual([
      "capture.started",
      "process.exec",
      "capture.lost",
      "capture.heartbeat",
      "capture.heartbeat",
      "capture.stopped",
    ]);
    expect(events[3]).toMatchObject({ sent: { events: 3, lost: 3 } });
    expect(events[5]).toMatchObject({ sent: { events: 5, lost: 3 }, reason: "was told to" });
  });

  it("keeps a run's coverage full, and what is missing is counted", async () => {
    const events = await captured(patient(started(), exec(7, ["true"])), 3);
    const { rejected, events: parsed } = parseEvents(events);
    expect(rejected).toEqual([]);
    const coverageOf = (some: CaptureEvent[]) => {
      const session = runSession("r");
      for (const event of some) session.apply(event, event.time);
      return session.coverage({ now: Date.now(), isOver: true });
    };
    expect(coverageOf(parsed)).toEqual({ level: "full", lost: 0, reasons: [] });
    expect(coverageOf(parsed.filter(({ type }) => type !== "process.exec")).lost).toBe(1);
  });

  it("is another one in every capture", async () => {
    const agent = patient(started());
    const [first] = await captured(agent, 1);
    const [second] = await captured(agent, 1);
    expect(first?.id).not.toBe(second?.id);
  });

  it("says why it stopped when it breaks, and breaks", async () => {
    const agent = agentOf(async function* () {
      yield attached();
      throw new Error("no more disk");
    });
    const events: CaptureEvent[] = [];
    const taking = (async () => {
      for await (const event of agent.capture(new AbortController().signal)) events.push(event);
    })();
    await expect(taking).rejects.toThrow("no more disk");
    expect(events.at(-1)).toMatchObject({ reason: "broke: no more disk" });
  });

  it("that cannot start says nothing but why", async () => {
    // biome-ignore lint/correctness/useYield: it does not get that far.
    const agent = agentOf(async function* () {
      throw new Error("no kernel");
    });
    const capture = agent.capture(new AbortController().signal)[Symbol.asyncIterator]();
    await expect(capture.next()).rejects.toThrow("no kernel");
  });

  it("ends, though it waits for something to happen, when nobody wants its events any more", async () => {
    let isReleased = false;
    const agent = agentOf(async function* (signal) {
      try {
        yield attached();
        while (!signal.aborted) await pause(5);
      } finally {
        isReleased = true;
      }
    });
    for await (const event of agent.capture(new AbortController().signal)) {
      if (event.type === "capture.heartbeat") break;
    }
    expect(isReleased).toBe(true);
  });
});
