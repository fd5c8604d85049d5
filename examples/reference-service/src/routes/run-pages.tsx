import {
  type Baseline,
  baselineMaturity,
  isStraycallError,
  type ProcessRecord,
  type RunKey,
  type RunLog,
  type RunRecord,
} from "@straycall/core";
import { type Context, Hono } from "hono";
import type { Guarded } from "../access/guard.js";
import type { Reader } from "../access/reader.js";
import type { AppSettings } from "../app-settings.js";
import { ErrorPage } from "../pages/error-page.js";
import { LogPage, logPageLines } from "../pages/log-page.js";
import { NetworkPage } from "../pages/network-page.js";
import { ProcessPage } from "../pages/process-page.js";
import { ProcessesPage } from "../pages/processes-page.js";
import { renderPage } from "../pages/render-page.js";
import { RunPage } from "../pages/run-page.js";
import { RunsPage } from "../pages/runs-page.js";
import { TimelinePage } from "../pages/timeline-page.js";
import { timelineParts } from "../pages/timeline-picture.js";
import { cursorOf, pageRows as limit, searchOf } from "./page-search.js";
import { readRunFilter } from "./run-filter.js";

/** Of a picture, or between the lines of a log. */
const maxShown = 150;

/** The pages of runs, made on the server and complete without scripts. */
export function runPages(settings: AppSettings) {
  const { learningRuns } = settings;
  const isRecorded = (run: RunRecord) => settings.recordedJobs.has(run.jobKey);
  const maturityOf = (baseline: Baseline | undefined) => baselineMaturity(baseline, learningRuns);

  /** Shows a page of the run that the path names, if there is one. */
  const ofRun =
    (show: (c: Context<Guarded>, run: RunRecord, reader: Reader) => Promise<Response>) =>
    async (c: Context<Guarded>): Promise<Response> => {
      const run = await c.var.reader.runs.get(c.req.param("key") ?? "");
      return run ? show(c, run, c.var.reader) : missing(c, "run");
    };

  return new Hono<Guarded>()
    .get("/", async (c) => {
      const filter = readRunFilter(c.req.query());
      const runs = await c.var.reader.runs.list({ limit, ...filter, ...cursorOf(c) });
      const shown = { runs, filter, now: Date.now(), settings };
      return renderPage(c, <RunsPage {...shown} />);
    })
    .get(
      "/runs/:key",
      ofRun(async (c, run, reader) => {
        const [told, baseline] = await Promise.all([
          reader.detections.list({ runKey: run.key, limit: maxShown }),
          reader.baselines.get(run.jobKey),
        ]);
        const summary = {
          runs: baseline?.runs ?? 0,
          endpoints: Object.keys(baseline?.endpoints ?? {}).length,
          maturity: maturityOf(baseline),
        };
        const shown = { run, detections: told.items.reverse(), baseline: summary, learningRuns };
        return renderPage(c, <RunPage {...shown} isRecorded={isRecorded(run)} now={Date.now()} />);
      }),
    )
    .get(
      "/runs/:key/network",
      ofRun(async (c, run, reader) => {
        const findingsOnly = c.req.query("findings") === "1";
        const wanted = { ...searchOf(c), ...cursorOf(c), anomalousOnly: findingsOnly, limit };
        const calls = await reader.calls.list(run.key, wanted);
        const shown = { run, calls, search: wanted.search, findingsOnly };
        return renderPage(c, <NetworkPage {...shown} isRecorded={isRecorded(run)} />);
      }),
    )
    .get(
      "/runs/:key/processes",
      ofRun(async (c, run, reader) => {
        const wanted = { ...searchOf(c), ...cursorOf(c), limit };
        const processes = await reader.processes.list(run.key, wanted);
        const shown = { run, processes, search: wanted.search };
        return renderPage(c, <ProcessesPage {...shown} isRecorded={isRecorded(run)} />);
      }),
    )
    .get(
      "/runs/:key/processes/:id",
      ofRun(async (c, run, reader) => {
        const process = await reader.processes.get(run.key, c.req.param("id") ?? "");
        if (process === undefined) return missing(c, "process");
        const { entityId } = process;
        const [ancestors, children, calls, family] = await Promise.all([
          ancestorsOf(reader, run.key, process),
          reader.processes.list(run.key, {
            parentId: entityId,
            limit,
            ...cursorOf(c, "children"),
          }),
          reader.calls.list(run.key, { processId: entityId, limit, ...cursorOf(c) }),
          familyOf(reader, run.key, entityId),
        ]);
        const shown = { run, process, ancestors, children, calls, family };
        return renderPage(c, <ProcessPage {...shown} isRecorded={isRecorded(run)} />);
      }),
    )
    .get(
      "/runs/:key/timeline",
      ofRun(async (c, run, reader) => {
        const now = Date.now();
        const span = { from: run.startedAt, to: run.finishedAt ?? now, parts: timelineParts };
        const [density, findings] = await Promise.all([
          reader.calls.density(run.key, span),
          reader.calls.list(run.key, { anomalousOnly: true, limit: maxShown }),
        ]);
        const shown = { run, steps: run.steps ?? [], density, findings, now };
        return renderPage(c, <TimelinePage {...shown} isRecorded={isRecorded(run)} />);
      }),
    )
    .get(
      "/runs/:key/log",
      ofRun(async (c, run, reader) => {
        const { log, problem } = await readLog(reader, run.key);
        const asked = Number(c.req.query("from") ?? 1);
        const last = Math.max(0, (log?.lines.length ?? 0) - 1);
        const from = Number.isInteger(asked) ? Math.min(Math.max(0, asked - 1), last) : 0;
        const calls = log ? await callsBetween(reader, run.key, log, from) : { items: [] };
        const shown = { run, log, problem, from, calls: calls.items };
        return renderPage(
          c,
          <LogPage {...shown} moreCalls={calls.next !== undefined} isRecorded={isRecorded(run)} />,
        );
      }),
    );
}

async function readLog(reader: Reader, key: RunKey) {
  try {
    return { log: await reader.buildLog(key), problem: undefined };
  } catch (error) {
    if (!isStraycallError(error, "CI_FAILED") && !(error as Error).name.includes("Timeout"))
      throw error;
    return { log: undefined, problem: (error as Error).message };
  }
}

/** The calls from the first line that is shown up to the first that is not; all before and after at the ends. */
async function callsBetween(reader: Reader, key: RunKey, log: RunLog, from: number) {
  const timeFrom = (index: number) =>
    log.lines.slice(index).find(({ time }) => time !== undefined)?.time;
  const start = from === 0 ? undefined : timeFrom(from);
  const end = timeFrom(from + logPageLines);
  if (timeFrom(0) === undefined) return { items: [] };
  return reader.calls.list(key, {
    limit: maxShown,
    ...(start === undefined ? {} : { from: start }),
    ...(end === undefined ? {} : { before: end }),
  });
}

async function ancestorsOf(reader: Reader, key: RunKey, process: ProcessRecord) {
  const chain: ProcessRecord[] = [];
  const seen = new Set([process.entityId]);
  let next = process.parentEntityId;
  while (next !== undefined && !seen.has(next) && chain.length < 64) {
    seen.add(next);
    const parent = await reader.processes.get(key, next);
    if (parent === undefined) break;
    chain.push(parent);
    next = parent.parentEntityId;
  }
  return chain;
}

/** What came of a process, generation by generation, as many as fit into a picture. */
async function familyOf(reader: Reader, key: RunKey, entityId: string) {
  const items: ProcessRecord[] = [];
  const parents = [entityId];
  for (let parentId = parents.shift(); parentId !== undefined; parentId = parents.shift()) {
    const room = maxShown - items.length;
    if (room <= 0) return { items, more: true };
    const made = await reader.processes.list(key, { parentId, limit: room });
    items.push(...made.items);
    parents.push(...made.items.map((child) => child.entityId));
    if (made.next !== undefined) return { items, more: true };
  }
  return { items, more: false };
}

export const missing = (c: Context, what: string) =>
  renderPage(c, <ErrorPage title={`There is no such ${what}`} />, 404);
