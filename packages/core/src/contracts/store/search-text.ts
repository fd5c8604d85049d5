import type { Detection } from "../../detection/detection.js";
import { endpointKey } from "../../endpoint/endpoint.js";
import type { Call } from "../../run/call.js";
import type { ProcessRecord } from "../../run/process.js";
import type { RunRecord } from "../../run/run.js";
import { type Step, stepTitle } from "../../run/step.js";

/*
 * What a search looks through: a record's own words in lower case, a line each. A store keeps it beside the record, or makes
 * it again; all stores then find the same.
 */

/** Of each part: a command line may be 16 kB, and what stands there is kept twice. */
const maxPart = 1_024;
const maxRequests = 20;

const textOf = (parts: readonly (string | undefined)[]): string =>
  parts
    .filter((part) => part !== undefined && part !== "")
    .map((part) => part?.slice(0, maxPart).toLowerCase())
    .join("\n");

/** Endpoint, address, names, command, pid, step, requests, result. */
export function callSearchText(call: Call): string {
  return textOf([
    endpointKey(call.endpoint),
    call.ip,
    ...call.names.slice(0, maxRequests).map(({ name }) => name),
    `pid ${call.pid}`,
    call.commandLine,
    stepText(call.step),
    ...call.http
      .slice(0, maxRequests)
      .map(({ method, host = "", path }) => `${method} ${host}${path}`),
    call.result,
    call.error,
    call.verdict,
  ]);
}

/** Command, program, pid, folder, user, step. */
export function processSearchText(process: ProcessRecord): string {
  return textOf([
    `pid ${process.pid}`,
    process.commandLine,
    process.executable,
    process.workingDirectory,
    process.userName,
    stepText(process.step),
  ]);
}

/** Job, id, commit, ref, trigger, actor, runner. */
export function runSearchText(run: RunRecord): string {
  const { platform, repository, workflow, job } = run.job;
  return textOf([
    `${platform} ${repository} ${workflow} ${job}`,
    run.runId,
    run.commit,
    run.ref,
    run.event,
    run.actor,
    run.runner,
  ]);
}

/** Endpoint, job, run, command, reasons. */
export function detectionSearchText(detection: Detection): string {
  const { job, evidence, reasons, run } = detection;
  return textOf([
    endpointKey(detection.endpoint),
    evidence.call.ip,
    `${job.repository} ${job.workflow} ${job.job}`,
    run.runId,
    run.commit,
    evidence.call.commandLine,
    ...reasons.map(({ text }) => text),
  ]);
}

function stepText(step: Step | undefined): string | undefined {
  return step && [stepTitle(step), step.action?.name, step.id].join(" ");
}

/** How a search is compared with a record's text. */
export const searchTerm = (search: string): string => search.slice(0, maxPart).toLowerCase();
