import type { CiLogLine } from "../contracts/ci-provider.js";
import type { ProcessRecord } from "../run/process.js";
import { type Anchor, clockSkew } from "./clock-skew.js";
import { plainLogText } from "./log-lines.js";

/** A run's build log, as it is looked through. */
export interface RunLog {
  /** Without colours. */
  lines: readonly { text: string; time?: number }[];
  /** How far its clock is ahead of the capture agent's, milliseconds; unset where nothing tells. */
  skewMs: number | undefined;
  /** Lines past those that were read. */
  unread: number;
}

const maxLines = 500_000;
const maxCharacters = 32 * 1024 * 1024;

/** Reads a log, sets its clock by the commands that it and the capture agent both tell of. */
export async function readRunLog(
  source: AsyncIterable<CiLogLine>,
  processes: readonly ProcessRecord[],
): Promise<RunLog> {
  const startOf = onceStarted(processes);
  const read: { text: string; time?: number }[] = [];
  const anchors: Anchor[] = [];
  let characters = 0;
  let unread = 0;
  for await (const { text, time } of source) {
    if (read.length >= maxLines || characters >= maxCharacters) {
      unread += 1;
      continue;
    }
    const plain = plainLogText(text);
    characters += plain.length;
    read.push({ text: plain, ...(time === undefined ? {} : { time }) });
    const started = startOf.get(commandOf(plain));
    if (started !== undefined) anchors.push({ line: read.length - 1, written: time, started });
  }
  const skewMs = clockSkew(anchors);
  return { lines: withTimes(read, anchors, skewMs), skewMs, unread };
}

/** Commands that ran once: one that ran twice could be either. */
function onceStarted(processes: readonly ProcessRecord[]): Map<string, number> {
  const starts = new Map<string, number>();
  const repeated = new Set<string>();
  for (const { commandLine, startedAt } of processes) {
    if (startedAt === undefined || commandLine.length < 4) continue;
    if (starts.has(commandLine)) repeated.add(commandLine);
    starts.set(commandLine, startedAt);
  }
  for (const command of repeated) starts.delete(command);
  return starts;
}

/** What stands before a command in a log: GitHub's groups and commands, shells that trace, package managers. */
const prompt = /^(?:##\[(?:group|command|debug)\]|\[command\])?(?:Run )?(?:[+$>] +)?/;

const commandOf = (text: string) => text.replace(prompt, "").trim();

/** The times by the agent's clock; in a log without any, those of the commands that it shows. */
function withTimes(
  lines: { text: string; time?: number }[],
  anchors: readonly Anchor[],
  skewMs = 0,
): RunLog["lines"] {
  for (const line of lines) {
    if (line.time !== undefined) line.time -= skewMs;
  }
  const hasTimes = lines.some(({ time }) => time !== undefined);
  for (const { line, started } of hasTimes ? [] : anchors) {
    const anchored = lines[line];
    if (anchored) anchored.time = started;
  }
  return lines;
}
