import { visibleText } from "@straycall/core";
import type { Diagnosis } from "./diagnosis.js";
import type { Finding } from "./findings.js";

const width = 80;
const maxDetail = 1_000;

/** A diagnosis as a person reads it in a terminal. */
export function diagnosisText(diagnosis: Diagnosis): string {
  const { machine, capture, refused, findings, blocking, blindSpots } = diagnosis;
  const lines = [
    `${machine.platform === "linux" ? "Linux" : machine.platform} ${machine.kernel}, ${machine.arch}`,
    "",
    ...refusedLines("Programs in the kernel do not work here:", refused.kernel),
    ...refusedLines("Polling /proc does not work here:", refused.polling),
    ...wrapped(verdicts[capture], ""),
  ];
  if (findings.length > 0) lines.push("", ...findingLines(findings));
  if (blocking)
    lines.push("", "Denying calls (run --mode block):", "", ...findingLines([blocking]));
  if (blindSpots.length > 0) {
    lines.push("", "What the agent says that it cannot see:");
    for (const each of blindSpots) lines.push(...wrapped(each, "- ", "  "));
  }
  return `${lines.map((line) => visibleText(line, maxDetail)).join("\n")}\n`;
}

const verdicts: Record<Diagnosis["capture"], string> = {
  kernel: "This machine can capture by programs in the kernel. Each line was tried:",
  polling:
    "This machine can capture by polling (run --capture polling), which sees much less. Each line was tried:",
  none: "This machine cannot capture.",
};

function refusedLines(title: string, reasons: readonly string[] | undefined): string[] {
  if (reasons === undefined) return [];
  return [title, ...reasons.flatMap((reason) => wrapped(reason, "- ", "  ")), ""];
}

function findingLines(findings: readonly Finding[]): string[] {
  const answerWidth = "not tried".length + 2;
  const nameWidth = Math.max(...findings.map(({ capability }) => capability.length)) + 2;
  return findings.flatMap(({ answer, capability, detail }) => {
    const first = `${answer.padEnd(answerWidth)}${capability.padEnd(nameWidth)}`;
    return wrapped(detail, first, " ".repeat(first.length));
  });
}

/** Breaks a text at its spaces, so that no line is wider than a terminal. */
function wrapped(text: string, first: string, rest = first): string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(/\s+/)) {
    if (!isEmpty && line.length + 1 + word.length > width) {
      lines.push(line);
      line = rest;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}
