import type { Detection, DetectionKind } from "../detection/detection.js";
import { endpointKey } from "../endpoint/endpoint.js";
import {
  addressText,
  claimedNames,
  commandText,
  processText,
  requestText,
  resultText,
  stepText,
} from "./describe-call.js";
import { utcTime } from "./utc-time.js";
import { visibleText } from "./visible-text.js";

export type FactName =
  | "endpoint"
  | "address"
  | "claimed-name"
  | "job"
  | "run"
  | "time"
  | "step"
  | "command"
  | "process"
  | "parent"
  | "request"
  | "result"
  | "commit";

/** One line of a description. */
export interface Fact {
  /** For places that show some facts in their own way. */
  name: FactName;
  label: string;
  /** Never empty. */
  value: string;
  /** A command, an address or alike, to be set in a fixed-width font. */
  code: boolean;
}

/**
 * A detection in words, for every place that tells it. Nothing invisible is left in it and every text is
 * bounded, but it still needs the escaping of its medium.
 */
export interface DetectionDescription {
  /** `New outbound call: collector.example:8443`, `Blocked call: collector.example:8443` */
  title: string;
  /** One sentence that can stand alone. */
  summary: string;
  facts: Fact[];
  reasons: string[];
}

const maxFactLength = 1000;
const maxReasons = 10;

const titles: Record<DetectionKind, string> = {
  "new-endpoint": "New outbound call",
  "new-behavior": "New way to call",
  "unusual-traffic": "Unusual traffic",
  "new-job": "New job",
  "blocked-call": "Blocked call",
};
const worseCallTitle = "Worse call to a new endpoint";
const dataInNamesTitle = "Data in DNS names";

/** Describes a detection at a glance: what job called where, when, by which command in which step. */
export function describeDetection(detection: Detection): DetectionDescription {
  const where = visibleText(endpointKey(detection.endpoint), 300);
  return {
    title: titleText(detection, where),
    summary: summaryText(detection, where),
    facts: factsOf(detection, where),
    reasons: reasonTexts(detection),
  };
}

function titleText(detection: Detection, where: string): string {
  const domain = domainOfNames(detection);
  if (domain !== undefined) return `${dataInNamesTitle}: ${domain}`;
  if (detection.kind === "new-job") return `${titles["new-job"]}: ${jobText(detection)}`;
  return `${isWorseCall(detection) ? worseCallTitle : titles[detection.kind]}: ${where}`;
}

function jobText({ job }: Detection): string {
  return visibleText(`${job.repository} · ${job.workflow} · ${job.job}`, 300);
}

/** It was told of a new endpoint already, and this call to it is worse. */
function isWorseCall({ kind, newHabits }: Detection): boolean {
  return kind === "new-behavior" && newHabits === undefined;
}

/** Below which domain the names are that carried data: the detection's endpoint is only the resolver. */
function domainOfNames({ reasons, subject }: Detection): string | undefined {
  if (!reasons.some(({ code }) => code === "data-in-names")) return undefined;
  return visibleText(subject.split(" ", 1)[0] ?? "", 300);
}

function reasonTexts({ reasons }: Detection): string[] {
  const texts = reasons
    .map((reason) => visibleText(reason.text, 500))
    .filter((text) => text !== "");
  if (texts.length <= maxReasons) return texts;
  return [...texts.slice(0, maxReasons), `… and ${texts.length - maxReasons} more.`];
}

function summaryText(detection: Detection, where: string): string {
  const { kind, job, evidence } = detection;
  const who = `${visibleText(job.job, 200)} in ${visibleText(job.repository, 200)}`;
  if (kind === "new-job") {
    return `${who} runs for the first time that is known of it; the first thing it called is ${where}.`;
  }
  if (kind === "blocked-call") return `${who} tried to call ${where}, and its policy refused that.`;
  const { runs } = evidence.baseline;
  if (isWorseCall(detection)) {
    return `${who} called ${where} again, in a way that is worse than what was told of it before.`;
  }
  if (kind === "new-behavior") {
    return `${who} called ${where} in a way that none of the ${runs} runs learned so far did.`;
  }
  const domain = domainOfNames(detection);
  if (domain !== undefined) {
    return `${who} asked ${where} for names below ${domain} that look like encoded data.`;
  }
  if (kind === "unusual-traffic") {
    return `${who} moved more in its calls to ${where} than in the ${runs} runs learned so far.`;
  }
  if (runs === 0) return `${who} called ${where}, and no earlier run of it has been learned.`;
  if (runs === 1) return `${who} called ${where}, which the one run learned so far had not called.`;
  return `${who} called ${where}, which none of the ${runs} runs learned so far had called.`;
}

function factsOf(detection: Detection, where: string): Fact[] {
  const { job, run, evidence } = detection;
  const { call, process, ancestors } = evidence;
  const facts: Fact[] = [];
  const add = (name: FactName, label: string, value: string | undefined) => {
    if (value) facts.push({ name, label, value: visibleText(value, maxFactLength), code: false });
  };
  const addCode = (name: FactName, label: string, value: string | undefined) => {
    if (value) facts.push({ name, label, value: visibleText(value, maxFactLength), code: true });
  };

  addCode("endpoint", "Endpoint", where);
  addCode("address", "Address", addressText(call));
  addCode("claimed-name", "Claims to be", claimedNames(call).join(", "));
  add("job", "Job", `${job.repository} · ${job.workflow} · ${job.job}`);
  add("run", "Run", run.attempt > 1 ? `${run.runId}, attempt ${run.attempt}` : run.runId);
  add("time", "Time", utcTime(detection.occurredAt));
  add("step", "Step", stepText(call));
  addCode("command", "Command", commandText(call, process));
  add("process", "Process", processText(call, process));
  addCode("parent", "Called by", ancestors[0]?.commandLine || ancestors[0]?.executable);
  addCode("request", "Request", requestText(call));
  add("result", "Result", resultText(call));
  addCode("commit", "Commit", run.commit);
  return facts;
}
