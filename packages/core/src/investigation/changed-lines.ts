import type { CiFileChange } from "../contracts/ci-provider.js";
import type { ChangedLine } from "./investigation.js";
import { shownLogText } from "./log-lines.js";
import type { MentionTerms } from "./mention-terms.js";

/** The lines of a unified diff that mention something. */
export function* mentioningLines(
  { path, patch = "" }: CiFileChange,
  terms: MentionTerms,
): Generator<ChangedLine> {
  let before = 0;
  let after = 0;
  for (const line of patch.split("\n")) {
    const [, from, to] = /^@@ -(\d{1,9})(?:,\d+)? \+(\d{1,9})(?:,\d+)? @@/.exec(line) ?? [];
    if (from !== undefined) {
      before = Number(from);
      after = Number(to);
      continue;
    }
    const kind = line.startsWith("+") ? "added" : line.startsWith("-") ? "removed" : undefined;
    const number = kind === "removed" ? before : after;
    if (kind !== "added" && !line.startsWith("\\")) before += 1;
    if (kind !== "removed" && !line.startsWith("\\")) after += 1;
    if (kind === undefined) continue;
    const text = line.slice(1);
    const mentions = terms.in(text);
    if (mentions.length > 0) {
      yield { path, line: number, kind, text: shownLogText(text), mentions };
    }
  }
}
