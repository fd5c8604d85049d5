import type { CiLogLine } from "../contracts/ci-provider.js";
import { maskSecrets } from "../masking/mask-secrets.js";

const timestamp = /^\ufeff?(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) ?/;

/** Splits a log line into its time, as GitHub and others write it (RFC 3339) before the text, and the text. */
export function timedLogLine(line: string): CiLogLine {
  const [start, written] = timestamp.exec(line.slice(0, 64)) ?? [];
  const time = written === undefined ? Number.NaN : Date.parse(written);
  if (start === undefined || Number.isNaN(time)) return { text: line };
  return { text: line.slice(start.length), time };
}

/** What terminals take as commands: ECMA-48 control sequences. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const controls = /\u001b(?:\[[0-9;:?]{0,32}[@-~]|\][^\u0007\u001b]{0,512}(?:\u0007|\u001b\\)?)/g;

/** Longer lines are cut after they were looked through. */
const maxShown = 2_000;
/** Of a line, looked through. */
const maxRead = 100_000;

/** A line as it is looked through: without colours. */
export function plainLogText(text: string): string {
  return text.slice(0, maxRead).replace(controls, "").trimEnd();
}

/** A line as it is shown: with its secrets masked. */
export function shownLogText(plain: string): string {
  const masked = maskSecrets(plain.slice(0, 2 * maxShown));
  return masked.length > maxShown ? `${masked.slice(0, maxShown - 1)}…` : masked;
}
