import { utcTime } from "@straycall/core";
import { agoText } from "./amounts.js";

/** A moment as people say it, with the exact one below. */
export function Moment({ time, now }: { time: number; now: number }) {
  return (
    <time class="moment" dateTime={isoTime(time)}>
      {agoText(time, now)}
      <span class="minor">{utcTime(time)}</span>
    </time>
  );
}

/** The time of day to the millisecond, for things that happen within one run. */
export function TimeOfDay({ time }: { time: number }) {
  const iso = isoTime(time);
  return (
    <time class="digits" dateTime={iso}>
      {iso.slice(11, 23)}
    </time>
  );
}

const isoTime = (time: number) => new Date(time).toISOString();
