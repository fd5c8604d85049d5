import { expect, it } from "vitest";
import { clockWatch } from "../../src/tamper/clock-watch.js";

/** What is found over several looks, each so long after the one before by the one clock and by the other. */
function foundOver(...steps: [wall: number, monotonic: number][]): string[] {
  const clocks = { wall: 1_700_000_000_000, monotonic: 5_000 };
  const look = clockWatch(() => ({ ...clocks }));
  return steps.flatMap(([wall, monotonic]) => {
    clocks.wall += wall;
    clocks.monotonic += monotonic;
    return look("noon");
  });
}

it("a clock that goes on, or is set right a little at a time, is not told", () => {
  const slewed = Array.from({ length: 1_000 }, (): [number, number] => [5_004, 5_000]);
  expect(foundOver(...slewed)).toEqual([]);
});

it("a clock that is set is told, by how much, each time", () => {
  expect(foundOver([3_605_000, 5_000], [5_000, 5_000], [-3_595_000, 5_000])).toEqual([
    "Somebody set the machine's clock by +3600.0 s, after noon: the times of events go on as before.",
    "Somebody set the machine's clock by -3600.0 s, after noon: the times of events go on as before.",
  ]);
});

it("a look that comes late is none of the clock's doing", () => {
  expect(foundOver([60_000, 60_000])).toEqual([]);
});
