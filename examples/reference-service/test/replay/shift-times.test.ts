import { describe, expect, it } from "vitest";
import type { RecordedEvent } from "../../src/replay/recording.js";
import { shiftTimes } from "../../src/replay/shift-times.js";

const exit = (id: string, time: number): RecordedEvent => ({
  id,
  time,
  type: "process.exit",
  process: { pid: 1 },
});

describe("shifting times", () => {
  it("lets the last event happen at the given time and keeps the distances", () => {
    const shifted = shiftTimes([exit("a", 1_000), exit("b", 1_250.5), exit("c", 1_100)], 9_000);
    expect(shifted.map((event) => event.time)).toEqual([8_749.5, 9_000, 8_849.5]);
  });

  it("moves the start that a run tells of itself too", () => {
    const started: RecordedEvent = {
      id: "s",
      time: 1_000,
      type: "run.started",
      run: { startedAt: 990 },
    };
    expect(shiftTimes([started], 2_000)[0]).toMatchObject({ run: { startedAt: 1_990 } });
  });

  it("takes the time of run.started for the start of a run that does not tell it", () => {
    const started: RecordedEvent = { id: "s", time: 1_000, type: "run.started", run: {} };
    const [shifted] = shiftTimes([started, exit("e", 1_500)], 2_000);
    expect(shifted).toMatchObject({ time: 1_500, run: { startedAt: 1_500 } });
  });

  it("leaves the recording as it was", () => {
    const event = exit("a", 1);
    shiftTimes([event], 5);
    expect(event.time).toBe(1);
  });
});
