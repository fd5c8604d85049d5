import type { Notification } from "../delivery/notification.js";
import type { Detection } from "../detection/detection.js";
import { endpointKey } from "../endpoint/endpoint.js";
import type { Call } from "../run/call.js";
import { stepTitle } from "../run/step.js";
import { visibleText } from "./visible-text.js";

/** One line of a description; `code` values are commands and addresses, to be set in a fixed-width font. */
export interface Fact {
  label: string;
  value: string;
  code: boolean;
}

/**
 * A detection in words, for every place that tells it. Nothing invisible is left in it and every text is
 * bounded, but it still needs the escaping of its medium.
 */
export interface DetectionDescription {
  /** `New outbound call: collector.example:8443` */
  title: string;
  /** One sentence that can stand alone. */
  summary: string;
  facts: Fact[];
  reasons: string[];
}

/** Describes a detection at a glance: what job called where, when, by which command in which step. */
export function describeDetection(detection: Detection): DetectionDescription {
  const { call, process, ancestors, baseline } = detection.evidence;
  const { job, run } = detection;
  const where = visibleText(endpointKey(detection.endpoint), 300);
  const who = visibleText(job.job, 200);

  const facts: Fact[] = [];
  const add = (label: string, value: string | undefined, code = false) => {
    if (value) facts.push({ label, value: visibleText(value, 1000), code });
  };
  add("Endpoint", where, true);
  add("Address", addressText(call), true);
  add("Claims to be", claimedNames(detection).join(", "), true);
  add("Job", `${job.repository} · ${job.workflow} · ${job.job}`);
  add("Run", run.attempt > 1 ? `${run.runId}, attempt ${run.attempt}` : run.runId);
  add("Time", utcTime(detection.occurredAt));
  add("Step", call.step && stepTitle(call.step));
  add("Command", call.commandLine || process?.executable, true);
  add("Process", processText(detection));
  add("Called by", ancestors[0]?.commandLine, true);
  add("Request", requestText(call), true);
  add("Commit", run.commit, true);

  const runs = baseline.runs === 1 ? "1 run" : `${baseline.runs} runs`;
  return {
    title: `New outbound call: ${where}`,
    summary: `${who} in ${visibleText(job.repository, 200)} called ${where}, which none of the ${runs} learned so far had called.`,
    facts,
    reasons: detection.reasons.map((reason) => visibleText(reason.text, 500)),
  };
}

/** Writes a notification as plain text: for a terminal, a log, a text mail. */
export function notificationText({ detection, links }: Notification): string {
  const { title, summary, facts, reasons } = describeDetection(detection);
  const width = Math.max(...facts.map((fact) => fact.label.length));
  const lines = [
    `[${detection.severity}] ${title}`,
    "",
    summary,
    "",
    ...facts.map((fact) => `${fact.label.padEnd(width)}  ${fact.value}`),
    "",
    ...reasons.map((reason) => `- ${reason}`),
  ];
  if (links.detection) lines.push("", `Details: ${links.detection}`);
  if (links.run) lines.push(`Run: ${links.run}`);
  return `${lines.join("\n")}\n`;
}

function addressText(call: Call): string {
  const address = call.ip ?? "not seen";
  return `${address} (${call.addressClass}), ${call.transport}`;
}

function claimedNames({ endpoint, evidence }: Detection): string[] {
  const claimed = evidence.call.names.filter(
    (name) => (name.source === "tls" || name.source === "http") && name.name !== endpoint.host,
  );
  return [...new Set(claimed.map((name) => name.name))];
}

function processText({ evidence }: Detection): string {
  const { call, process } = evidence;
  const parts = [`pid ${call.pid}`];
  if (process?.parentPid !== undefined) parts.push(`parent ${process.parentPid}`);
  if (process?.userName) parts.push(`user ${process.userName}`);
  else if (process?.userId !== undefined) parts.push(`uid ${process.userId}`);
  return parts.join(", ");
}

function requestText(call: Call): string | undefined {
  const request = call.http[0];
  return request && `${request.method} ${request.path}`;
}

/** `2026-01-31 13:37:00 UTC` */
export function utcTime(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace("T", " ")} UTC`;
}
