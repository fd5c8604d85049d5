import type { LogFindings, ShownLogLine } from "./investigation.js";
import { shownLogText } from "./log-lines.js";
import type { MentionTerms } from "./mention-terms.js";
import type { RunLog } from "./run-log.js";

/** Lines around the call. */
const maxBefore = 30;
const maxAfter = 15;
const maxMentions = 100;

/** What a log says of a call that was made at a time by the agent's clock. */
export function logFindings(log: RunLog, calledAt: number, terms: MentionTerms): LogFindings {
  const shown = (index: number): ShownLogLine => {
    const { text = "", time } = log.lines[index] ?? {};
    return {
      line: index + 1,
      text: shownLogText(text),
      ...(time === undefined ? {} : { time }),
      mentions: terms.in(text),
    };
  };
  const split = firstAfter(log, calledAt);
  const around = (from: number, to: number) =>
    split === undefined
      ? []
      : Array.from({ length: Math.max(0, to - from) }, (_, at) => shown(from + at));
  const at = split ?? 0;
  const mentions: ShownLogLine[] = [];
  let more = false;
  for (const [index, { text }] of log.lines.entries()) {
    if (terms.in(text).length === 0) continue;
    if (mentions.length === maxMentions) {
      more = true;
      break;
    }
    mentions.push(shown(index));
  }
  return {
    ...(log.skewMs === undefined ? {} : { clockSkewMs: log.skewMs }),
    before: around(Math.max(0, at - maxBefore), at),
    after: around(at, Math.min(log.lines.length, at + maxAfter)),
    mentions: { items: mentions, more },
    unread: log.unread,
  };
}

/** Index of the first line after the last that was written up to a time; `undefined` where no line tells a time. */
function firstAfter({ lines }: RunLog, time: number): number | undefined {
  const last = lines.findLastIndex((line) => line.time !== undefined && line.time <= time);
  if (last >= 0) return last + 1;
  return lines.some((line) => line.time !== undefined) ? 0 : undefined;
}
