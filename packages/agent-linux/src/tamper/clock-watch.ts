import type { Look } from "./look.js";

export interface Clocks {
  /** Epoch milliseconds: whoever is root can set it. */
  wall: number;
  /** Milliseconds of a clock that nobody can set. */
  monotonic: number;
}

/** Less is a clock that is being set right: 500 ms in a thousand seconds is the most that NTP slews. */
const toleratedMs = 1_000;

/**
 * Finds that the wall clock was set. Events stay in order all the same: their times come from the monotonic clock and
 * from what the wall clock showed when the capture started.
 */
export function clockWatch(read: () => Clocks = readClocks): Look {
  const offset = ({ wall, monotonic }: Clocks) => wall - monotonic;
  let before = offset(read());
  return (since) => {
    const now = offset(read());
    const moved = now - before;
    before = now;
    if (Math.abs(moved) <= toleratedMs) return [];
    const seconds = (moved / 1_000).toFixed(1);
    return [
      `Somebody set the machine's clock by ${moved > 0 ? "+" : ""}${seconds} s, after ${since}: the times of events go on as before.`,
    ];
  };
}

const readClocks = (): Clocks => ({ wall: Date.now(), monotonic: performance.now() });
