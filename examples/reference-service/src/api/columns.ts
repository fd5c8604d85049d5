import {
  type Call,
  type Destination,
  type Detection,
  endpointKey,
  type ProcessRecord,
  type RunRecord,
  stepTitle,
} from "@straycall/core";
import type { Column } from "./export-list.js";

/* What the CSV exports hold. */

const isoTime = (time: number | undefined) =>
  time === undefined ? undefined : new Date(time).toISOString();

export const runColumns: readonly Column<RunRecord>[] = [
  { name: "key", value: ({ key }) => key },
  { name: "repository", value: ({ job }) => job.repository },
  { name: "workflow", value: ({ job }) => job.workflow },
  { name: "job", value: ({ job }) => job.job },
  { name: "run", value: ({ runId }) => runId },
  { name: "attempt", value: ({ attempt }) => attempt },
  { name: "started", value: ({ startedAt }) => isoTime(startedAt) },
  { name: "finished", value: ({ finishedAt }) => isoTime(finishedAt) },
  { name: "outcome", value: ({ outcome }) => outcome },
  { name: "mode", value: ({ mode }) => mode },
  { name: "commit", value: ({ commit }) => commit },
  { name: "calls", value: ({ counts }) => counts.calls },
  { name: "anomalous", value: ({ counts }) => counts.anomalousCalls },
  { name: "blocked", value: ({ counts }) => counts.blockedCalls ?? 0 },
  { name: "coverage", value: ({ coverage }) => coverage.level },
  { name: "lost", value: ({ coverage }) => coverage.lost },
];

export const callColumns: readonly Column<Call>[] = [
  { name: "id", value: ({ id }) => id },
  { name: "time", value: ({ time }) => isoTime(time) },
  { name: "endpoint", value: ({ endpoint }) => endpointKey(endpoint) },
  { name: "ip", value: ({ ip }) => ip },
  { name: "transport", value: ({ transport }) => transport },
  { name: "verdict", value: ({ verdict }) => verdict },
  { name: "detection", value: ({ detectionId }) => detectionId },
  { name: "pid", value: ({ pid }) => pid },
  { name: "process", value: ({ processId }) => processId },
  { name: "command", value: ({ commandLine }) => commandLine },
  { name: "step", value: ({ step }) => step && stepTitle(step) },
  { name: "method", value: ({ http }) => http[0]?.method },
  { name: "path", value: ({ http }) => http[0]?.path },
  { name: "status", value: ({ http }) => http[0]?.status },
  { name: "requests", value: ({ http }) => http.length },
  { name: "result", value: ({ result }) => result },
  { name: "bytes out", value: ({ bytesOut }) => bytesOut },
  { name: "bytes in", value: ({ bytesIn }) => bytesIn },
];

export const processColumns: readonly Column<ProcessRecord>[] = [
  { name: "id", value: ({ entityId }) => entityId },
  { name: "pid", value: ({ pid }) => pid },
  { name: "parent", value: ({ parentEntityId }) => parentEntityId },
  { name: "started", value: ({ startedAt }) => isoTime(startedAt) },
  { name: "ended", value: ({ endedAt }) => isoTime(endedAt) },
  { name: "exit code", value: ({ exitCode }) => exitCode },
  { name: "command", value: ({ commandLine }) => commandLine },
  { name: "program", value: ({ executable }) => executable },
  { name: "folder", value: ({ workingDirectory }) => workingDirectory },
  { name: "user", value: ({ userName, userId }) => userName ?? userId },
  { name: "step", value: ({ step }) => step && stepTitle(step) },
];

export const detectionColumns: readonly Column<Detection>[] = [
  { name: "id", value: ({ id }) => id },
  { name: "recorded", value: ({ recordedAt }) => isoTime(recordedAt) },
  { name: "kind", value: ({ kind }) => kind },
  { name: "severity", value: ({ severity }) => severity },
  { name: "score", value: ({ score }) => score },
  { name: "status", value: ({ status }) => status },
  { name: "repository", value: ({ job }) => job.repository },
  { name: "workflow", value: ({ job }) => job.workflow },
  { name: "job", value: ({ job }) => job.job },
  { name: "run", value: ({ run }) => run.runId },
  { name: "endpoint", value: ({ endpoint }) => endpointKey(endpoint) },
  { name: "command", value: ({ evidence }) => evidence.call.commandLine },
  { name: "reasons", value: ({ reasons }) => reasons.map(({ text }) => text).join(" ") },
];

export const destinationColumns: readonly Column<Destination>[] = [
  { name: "host", value: ({ host }) => host },
  { name: "jobs", value: ({ jobs }) => jobs },
  { name: "repositories", value: ({ repositories }) => repositories },
  { name: "since", value: ({ since }) => isoTime(since) },
  { name: "unsure", value: ({ unsure }) => unsure },
];
