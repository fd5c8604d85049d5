import {
  compareSeverity,
  type Detection,
  describeDetection,
  type JobRef,
  visibleText,
} from "@straycall/core";
import type { CheckedOptions } from "./check-options.js";
import { codeText, markdownLink } from "./markdown.js";

/** What a check says. */
export interface CheckContent {
  conclusion: "success" | "failure";
  output: { title: string; summary: string };
}

/** GitHub refuses a summary of more than 65,535 characters. */
const maxSummaryLength = 60_000;
const maxRows = 100;
const maxCellLength = 200;

/** Writes what a check says of all detections of a run, the worst first. */
export function checkContent(
  detections: readonly Detection[],
  { failFrom, detectionPage }: Pick<CheckedOptions, "failFrom" | "detectionPage">,
): CheckContent {
  const bad = detections
    .filter(({ severity }) => compareSeverity(severity, failFrom) >= 0)
    .toSorted((one, other) => compareSeverity(other.severity, one.severity));
  const open = bad.filter(({ status }) => status === "new");
  const rows = bad.slice(0, maxRows).map((each) => row(each, detectionPage?.(each)));
  const table = rows.length === 0 ? [] : ["", tableHead, ...withinLength(rows)];
  const left = bad.length - Math.max(0, table.length - 2);
  const others = detections.length - bad.length;
  return {
    conclusion: open.length === 0 ? "success" : "failure",
    output: {
      title: titleText(bad.length, open.length),
      summary: [
        summaryText(bad.length, open.length),
        ...table,
        ...(left > 0 ? ["", `... and ${left} more.`] : []),
        ...(others > 0 ? ["", `${others} more ${others === 1 ? "was" : "were"} expected.`] : []),
      ].join("\n"),
    },
  };
}

/** What GitHub lists a check by: one for each job. */
export function checkName({ workflow, job }: JobRef): string {
  const file = workflow.split("/").at(-1) ?? workflow;
  return visibleText(`Straycall: ${file} / ${job}`, 200);
}

function titleText(bad: number, open: number): string {
  if (bad === 0) return "No anomalous outbound calls";
  if (open === 0) return `${callsText(bad)}, all reviewed`;
  return open === bad ? callsText(bad) : `${callsText(bad)}, ${open} not reviewed`;
}

const callsText = (count: number) =>
  `${count} anomalous outbound ${count === 1 ? "call" : "calls"}`;

function summaryText(bad: number, open: number): string {
  if (bad === 0) return "This run called nothing that the job had not called before.";
  if (open === 0) return "Somebody has looked at each of them.";
  return "The job never did this before. Acknowledge what was meant to happen, and this check passes.";
}

const tableHead = "| severity | what | process | step | status |\n|---|---|---|---|---|";

function row(detection: Detection, page: string | undefined): string {
  const { title, facts } = describeDetection(detection);
  const fact = (name: string) => facts.find((each) => each.name === name)?.value;
  const cell = (text: string | undefined) =>
    text ? codeText(visibleText(text, maxCellLength)) : "";
  const cells = [
    detection.severity,
    markdownLink(cell(title), page),
    cell(fact("command") ?? fact("process")),
    cell(fact("step")),
    detection.status,
  ];
  return `| ${cells.join(" | ")} |`;
}

function withinLength(rows: readonly string[]): string[] {
  let length = 0;
  return rows.filter((each) => {
    length += each.length + 1;
    return length < maxSummaryLength;
  });
}
