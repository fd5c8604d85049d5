import { describe, expect, it } from "vitest";
import type { CaptureEvent } from "../../src/events/event.js";
import { runSession } from "../../src/run/run-session.js";
import { attached, connect, exec, httpCall, lost, watchedAgent } from "../events/make-events.js";

const noon = Date.UTC(2026, 0, 31, 12);
const after = (seconds: number) => noon + 1_000 * seconds;

interface At {
  now?: number;
  isOver?: boolean;
}

/** The coverage of a run whose events all arrived at noon. */
function coverage(events: readonly CaptureEvent[], { now = noon, isOver = true }: At = {}) {
  const session = runSession("r");
  for (const event of events) session.apply(event, noon);
  return session.coverage({ now, isOver });
}

const finished: CaptureEvent = {
  id: "end",
  time: after(3),
  type: "run.finished",
  run: { outcome: "success" },
};

/** A whole run of an agent that keeps its promises. */
function wholeRun(): CaptureEvent[] {
  const agent = watchedAgent();
  return [
    agent.started(noon),
    ...agent.send(exec(7, ["curl"]), ...httpCall(7, "a.example", "192.0.2.1")),
    agent.beat(after(1)),
    ...agent.send(exec(8, ["curl"])),
    agent.beat(after(2)),
    agent.stopped(after(3)),
    finished,
  ];
}

describe("a capture agent that is heard as it promised", () => {
  it("leaves the coverage full", () => {
    expect(coverage(wholeRun())).toEqual({ level: "full", lost: 0, reasons: [] });
  });

  it("may be late by less than four heartbeats", () => {
    const agent = watchedAgent();
    const events = [agent.started(noon), agent.beat(after(3.9)), agent.stopped(after(7.8))];
    expect(coverage(events).level).toBe("full");
  });

  it("may have its events arrive in another order", () => {
    const [started, ...rest] = wholeRun();
    expect(coverage(started ? [started, ...rest.reverse()] : []).lost).toBe(0);
  });
});

describe("a log from which something was taken", () => {
  it.each([
    ["one event", 2, 1],
    ["some events", 3, 3],
    ["a heartbeat", 7, 1],
  ])("%s: is known to lack it, exactly counted", (_, from, count) => {
    const events = wholeRun().filter((_, place) => place < from || place >= from + count);
    expect(coverage(events)).toEqual({
      level: "partial",
      lost: count,
      reasons: [`${count} events lost: the capture agent sent them, and they never came`],
    });
  });

  it("at its end: says since when nothing is known, though the run finished", () => {
    const [started, ...rest] = wholeRun();
    const cut = [started, ...rest.slice(0, 7), finished].filter((event) => event !== undefined);
    expect(coverage(cut)).toEqual({
      level: "partial",
      lost: 0,
      reasons: [
        "The capture agent linux never said that it stopped, and was last heard of at 2026-01-31 12:00:01 UTC: it was killed, or the end of what it sent is missing.",
      ],
    });
  });

  it("that told of losses: counts what the heartbeats counted", () => {
    const agent = watchedAgent();
    const events = [
      agent.started(noon),
      agent.lost(40, noon),
      agent.lost(2, noon),
      agent.stopped(after(1)),
    ];
    expect(coverage(events).lost).toBe(42);
    const cut = coverage(events.filter((_, place) => place !== 1));
    // The event that told of the 40, and the 40.
    expect(cut.lost).toBe(2 + 1 + 40);
    expect(cut.reasons).toContain("40 events lost: counted by the capture agent, and not told");
  });

  it("because the border refused it: is counted once", () => {
    const events = wholeRun().filter((_, place) => place !== 2);
    const refused = { ...lost(1, "refused at the border"), id: "refused-0f" };
    expect(coverage([...events, refused]).lost).toBe(1);
  });
});

describe("a capture agent that is not heard as it promised", () => {
  it("and was killed before its first heartbeat: the run says so when it is over", () => {
    const agent = watchedAgent();
    const events = [agent.started(noon), ...agent.send(exec(7, ["curl"]))];
    expect(coverage(events, { isOver: false }).level).toBe("full");
    expect(coverage(events).reasons.join()).toContain("never said that it stopped");
  });

  it("while the run goes on: the run says since when", () => {
    const agent = watchedAgent();
    const events = [agent.started(noon), agent.beat(after(1))];
    const running = { isOver: false };
    expect(coverage(events, { ...running, now: after(4) }).level).toBe("full");
    expect(coverage(events, { ...running, now: after(5) }).reasons).toEqual([
      "The capture agent linux has said nothing since 2026-01-31 12:00:01 UTC.",
    ]);
  });

  it("for a while: says how long it was silent, and how often", () => {
    const agent = watchedAgent();
    const events = [agent.started(noon), agent.beat(after(43)), agent.stopped(after(44))];
    expect(coverage(events).reasons).toEqual(["The capture agent linux said nothing for 43 s."]);
    const other = watchedAgent();
    const twice = [other.started(noon), other.beat(after(5)), other.stopped(after(15))];
    expect(coverage(twice).reasons).toEqual([
      "The capture agent linux said nothing for 10 s, and was silent 2 times.",
    ]);
  });

  it("because its clock went back: says by how much", () => {
    const agent = watchedAgent();
    const events = [agent.started(noon), agent.beat(after(-3_600)), agent.stopped(after(-3_599))];
    expect(coverage(events).reasons).toEqual([
      "The clock of the capture agent linux went back by 3600 s.",
    ]);
  });

  it("and stopped long before the run did: says how long", () => {
    const agent = watchedAgent();
    const events = [agent.started(noon), agent.stopped(after(1))];
    expect(coverage([...events, { ...finished, time: after(61) }]).reasons).toEqual([
      "The capture agent linux stopped 60 s before the run ended.",
    ]);
  });

  it("is told of by its name, beside another that was", () => {
    const good = watchedAgent("a", "proxy");
    const killed = watchedAgent("b", "linux");
    const events = [good.started(noon), killed.started(noon), good.stopped(after(1))];
    expect(coverage(events).reasons).toHaveLength(1);
    expect(coverage(events).reasons[0]).toContain("capture agent linux never said");
  });
});

describe("a capture agent that promises nothing", () => {
  it("is taken at its word: no heartbeat is missed and no number", () => {
    const events = [attached(), connect(7, "192.0.2.1", 443, "c1")];
    expect(coverage(events)).toEqual({ level: "full", lost: 0, reasons: [] });
  });

  it("cannot be spoken for by a heartbeat of nobody", () => {
    const stranger = watchedAgent("stranger");
    stranger.started(noon);
    expect(coverage([attached(), stranger.beat(after(1))]).level).toBe("full");
  });
});

it("an agent that is started without end is not watched without end", () => {
  const events = Array.from({ length: 70 }, (_, i) => watchedAgent(`agent${i}`).started(noon));
  expect(coverage(events).reasons).toContain(
    "The capture was started too often to tell whether all was heard.",
  );
});
