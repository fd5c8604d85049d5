import type { CaptureAgent, CaptureEvent } from "@straycall/core";
import { describe, expect, it } from "vitest";
import { startCapture } from "../../src/command/started-capture.js";

const started: CaptureEvent = {
  id: "s",
  time: 1,
  type: "capture.started",
  agent: { name: "recorded", blind_spots: ["Nothing of HTTP/3."] },
};
const exec: CaptureEvent = { id: "e", time: 2, type: "process.exec", process: { pid: 7 } };

/** Plays events; then breaks, ends, or waits until it is told to stop. */
function agentThat(events: CaptureEvent[], then: "breaks" | "ends" | "waits") {
  const agent = { name: "recorded", isReleased: false };
  return Object.assign(agent, {
    async *capture(signal: AbortSignal) {
      try {
        yield* events;
        if (then === "breaks") throw new Error("the ring is gone");
        if (then === "ends" || signal.aborted) return;
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
      } finally {
        agent.isReleased = true;
      }
    },
  } satisfies Partial<CaptureAgent>);
}

async function collect(agent: CaptureAgent, stop = new AbortController()) {
  const seen: CaptureEvent[] = [];
  const broken: string[] = [];
  const capture = await startCapture(agent, stop.signal, {
    event: (event) => seen.push(event),
    broken: (reason) => broken.push(reason),
  });
  const events: CaptureEvent[] = [];
  for await (const event of capture.capture(stop.signal)) {
    events.push(event);
    if (event.type === "process.exec") stop.abort();
  }
  return { events, seen, broken, blindSpots: capture.blindSpots };
}

describe("a capture that started", () => {
  it("gives every event, the first included, and what it cannot see", async () => {
    const { events, seen, broken, blindSpots } = await collect(agentThat([started, exec], "waits"));
    expect(events).toEqual([started, exec]);
    expect(seen).toEqual(events);
    expect(broken).toEqual([]);
    expect(blindSpots).toEqual(["Nothing of HTTP/3."]);
  });

  it("turns a break into an event that lowers the coverage", async () => {
    const { events, seen, broken } = await collect(agentThat([started], "breaks"));
    expect(events[1]).toMatchObject({
      type: "capture.lost",
      lost: { reason: "The capture broke: the ring is gone" },
    });
    expect(seen).toEqual(events);
    expect(broken).toEqual(["the ring is gone"]);
  });

  it("takes an end that nobody asked for as a break", async () => {
    const { events, broken } = await collect(agentThat([started], "ends"));
    expect(events.map((event) => event.type)).toEqual(["capture.started", "capture.lost"]);
    expect(broken).toHaveLength(1);
  });

  it("lets go of the agent when nobody takes its events", async () => {
    const agent = agentThat([started, exec], "waits");
    const ignore = () => {};
    const { signal } = new AbortController();
    const capture = await startCapture(agent, signal, { event: ignore, broken: ignore });
    await capture.close();
    expect(agent.isReleased).toBe(true);
  });

  it("is none if the agent fails or says nothing of a start", async () => {
    await expect(collect(agentThat([], "breaks"))).rejects.toThrow("the ring is gone");
    for (const agent of [agentThat([], "ends"), agentThat([exec], "waits")]) {
      await expect(collect(agent)).rejects.toMatchObject({ code: "CAPTURE_FAILED" });
      expect(agent.isReleased).toBe(true);
    }
  });
});
