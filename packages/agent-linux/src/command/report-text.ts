import { styleText } from "node:util";
import {
  type Coverage,
  type Detection,
  describeDetection,
  type RunReport,
  type Severity,
  visibleText,
} from "@straycall/core";

export interface ReportStyle {
  /** How many runs only teach. */
  learningRuns: number;
  /** Says nothing of what is as usual: a run that learned, a run without news, the agent's known blind spots. */
  quiet: boolean;
  colour: boolean;
  /** The process that started the command: whoever reads the report knows what that is. */
  watcherPid: number;
  /** What the agent said at its start that it cannot see. */
  blindSpots: readonly string[];
}

/** More than this is a flood that nobody reads; `--json` has them all. */
const maxDetections = 20;

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

const severityStyles: Record<Severity, Style> = {
  info: "cyan",
  low: "cyan",
  medium: "yellow",
  high: "red",
  critical: ["bold", "red"],
};

/** What a run brought, as a person reads it in a terminal; empty if there is nothing to say. */
export function reportText(report: RunReport, style: ReportStyle): string {
  const paint: Paint = style.colour
    ? (format, text) => styleText(format, text, { validateStream: false })
    : (_, text) => text;
  return [
    ...outcomeText(report, style, paint),
    ...coverageText(report.run.coverage, style, paint),
  ].join("");
}

function outcomeText(report: RunReport, style: ReportStyle, paint: Paint): string[] {
  if (report.detections.length > 0) return detectionsText(report, style, paint);
  if (style.quiet) return [];
  const nothing = report.run.mode === "block" ? noneBlocked(report) : nothingNew(report, style);
  return [`straycall: ${nothing}\n`];
}

function noneBlocked({ run: { job, counts } }: RunReport): string {
  const { calls, blockedCalls = 0 } = counts;
  const name = visibleText(job.job, 200);
  if (blockedCalls === 0) return `no call of ${name} was blocked, of ${counted(calls, "call")}`;
  return `${counted(blockedCalls, "blocked call")} by ${name}, to what another run has told already`;
}

function nothingNew({ run, baseline }: RunReport, { learningRuns }: ReportStyle): string {
  const job = visibleText(run.job.job, 200);
  const calls = counted(run.counts.calls, "call");
  const known = counted(baseline.endpoints, "endpoint");
  if (run.baselineRuns < learningRuns) {
    return `run ${run.baselineRuns + 1} of ${learningRuns} learned for ${job}: ${calls}, ${known} known, nothing to compare with yet`;
  }
  const usual = `${job}: ${calls}, ${known} known from ${counted(baseline.runs, "run")}`;
  const { anomalousCalls } = run.counts;
  if (anomalousCalls === 0) return `nothing new for ${usual}`;
  return `nothing new for ${usual}; ${counted(anomalousCalls, "call")} to what another run has told already`;
}

function detectionsText(
  { run, detections }: RunReport,
  { watcherPid }: ReportStyle,
  paint: Paint,
): string[] {
  const title = `straycall: ${newsText(detections)} by ${visibleText(run.job.job, 200)}`;
  const shown = detections.slice(0, maxDetections);
  const more = detections.length - shown.length;
  return [
    `${paint("bold", title)}\n`,
    ...shown.map((detection) => `\n${detectionText(detection, watcherPid, paint)}`),
    ...(more > 0 ? [`\n  and ${more} more: --json tells them all\n`] : []),
    "\n",
  ];
}

/** `2 new outbound calls, 1 blocked call` */
function newsText(detections: readonly Detection[]): string {
  const blocked = detections.filter(({ kind }) => kind === "blocked-call").length;
  const fresh = detections.length - blocked;
  return [
    ...(fresh > 0 ? [counted(fresh, "new outbound call")] : []),
    ...(blocked > 0 ? [counted(blocked, "blocked call")] : []),
  ].join(", ");
}

function detectionText(detection: Detection, watcherPid: number, paint: Paint): string {
  const { title, summary, facts: all, reasons } = describeDetection(detection);
  const isStartedByUs = detection.evidence.ancestors[0]?.pid === watcherPid;
  const facts = isStartedByUs ? all.filter(({ name }) => name !== "parent") : all;
  const width = Math.max(...facts.map(({ label }) => label.length));
  const severity = paint(severityStyles[detection.severity], `[${detection.severity}]`);
  const lines = [
    `${severity} ${paint("bold", title)}`,
    summary,
    ...facts.map(({ label, value }) => `  ${paint("dim", label.padEnd(width))}  ${value}`),
    ...reasons.map((reason) => `- ${reason}`),
  ];
  return lines.map((line) => `  ${line}\n`).join("");
}

function coverageText(
  { level, reasons }: Coverage,
  { quiet, blindSpots }: ReportStyle,
  paint: Paint,
): string[] {
  if (level === "full") return [];
  return reasons
    .filter((reason) => !quiet || !blindSpots.includes(reason))
    .map((reason) => {
      const missed = level === "none" ? "nothing was seen" : "not everything was seen";
      return `${paint("yellow", `straycall: ${missed}:`)} ${visibleText(reason, 600)}\n`;
    });
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
