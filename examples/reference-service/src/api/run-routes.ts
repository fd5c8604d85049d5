import { type Call, type Detection, jobKey, parseJobKey, type RunRecord } from "@straycall/core";
import { ocsfFinding } from "@straycall/notifier-webhook";
import { z } from "zod";
import type { Reader } from "../access/reader.js";
import { pageLinks } from "../page-links.js";
import { type ApiRoute, apiRoute } from "./api-route.js";
import { callColumns, processColumns, runColumns } from "./columns.js";
import { listAnswer } from "./export-list.js";
import { callQuery, given, pageOf, processQuery, runQuery } from "./queries.js";
import { sarifOf } from "./sarif.js";

const maxDetections = 1000;

/** The run's detections in the order they were recorded. */
async function detectionsOf(reader: Reader, run: RunRecord): Promise<Detection[]> {
  const { items } = await reader.detections.list({ runKey: run.key, limit: maxDetections });
  return items.reverse();
}

/** What the API tells of runs. */
export function runRoutes(publicUrl: string): ApiRoute[] {
  const links = pageLinks(publicUrl);
  return [
    apiRoute({
      method: "get",
      path: "/runs",
      summary: "Runs, the last started first.",
      needs: "read",
      query: runQuery,
      answers: { pageOf: "RunRecord" },
      handle: async ({ c, reader, query }) => {
        const { job, findings, outcome, mode, search, format } = query;
        const ref = job === undefined ? undefined : parseJobKey(job);
        const wanted = given({ jobKey: ref && jobKey(ref), outcome, mode, search });
        const findingsOnly = findings === "1";
        return listAnswer<RunRecord>(c, {
          format,
          page: pageOf(query),
          list: (page) => reader.runs.list({ ...page, ...wanted, findingsOnly }),
          name: "runs",
          columns: runColumns,
        });
      },
    }),
    apiRoute({
      method: "get",
      path: "/runs/{key}",
      summary: "A run.",
      needs: "read",
      answers: { one: "RunRecord" },
      handle: ({ reader, param }) => reader.runs.get(param("key")),
    }),
    apiRoute({
      method: "get",
      path: "/runs/{key}/calls",
      summary: "A run's outbound calls, the earliest first.",
      needs: "read",
      query: callQuery,
      answers: { pageOf: "Call" },
      handle: async ({ c, reader, param, query }) => {
        const key = param("key");
        if (!(await reader.runs.get(key))) return undefined;
        const { anomalous, process, search, from, before, format } = query;
        const wanted = given({ processId: process, search, from, before });
        const anomalousOnly = anomalous === "1";
        return listAnswer<Call>(c, {
          format,
          page: pageOf(query),
          list: (page) => reader.calls.list(key, { ...page, ...wanted, anomalousOnly }),
          name: "calls",
          columns: callColumns,
        });
      },
    }),
    apiRoute({
      method: "get",
      path: "/runs/{key}/processes",
      summary: "A run's processes, the earliest first.",
      needs: "read",
      query: processQuery,
      answers: { pageOf: "ProcessRecord" },
      handle: async ({ c, reader, param, query }) => {
        const key = param("key");
        if (!(await reader.runs.get(key))) return undefined;
        const wanted = given({ parentId: query.parent, search: query.search });
        return listAnswer(c, {
          format: query.format,
          page: pageOf(query),
          list: (page) => reader.processes.list(key, { ...page, ...wanted }),
          name: "processes",
          columns: processColumns,
        });
      },
    }),
    apiRoute({
      method: "get",
      path: "/runs/{key}/processes/{id}",
      summary: "A process of a run, by its entity id.",
      needs: "read",
      answers: { one: "ProcessRecord" },
      handle: ({ reader, param }) => reader.processes.get(param("key"), param("id")),
    }),
    apiRoute({
      method: "get",
      path: "/runs/{key}/density",
      summary: "How a run's calls lie over its time, by step.",
      needs: "read",
      query: z.object({ parts: z.coerce.number().int().min(1).max(1000).optional() }),
      answers: { pageOf: "CallDensity" },
      handle: async ({ reader, param, query: { parts = 100 } }) => {
        const run = await reader.runs.get(param("key"));
        if (run === undefined) return undefined;
        const { startedAt: from, finishedAt: to = Date.now() } = run;
        return { items: await reader.calls.density(run.key, { from, to, parts }) };
      },
    }),
    apiRoute({
      method: "get",
      path: "/runs/{key}/log",
      summary: "Lines of a run's build log, as the CI platform has it; 404 where it has none.",
      needs: "read",
      query: z.object({
        from: z.coerce.number().int().min(1).optional().describe("The first line; 1 if unset."),
        lines: z.coerce.number().int().min(1).max(5_000).optional(),
      }),
      answers: {
        schema: {
          type: "object",
          required: ["lines", "total", "unread"],
          properties: {
            clockSkewMs: { type: "number" },
            lines: { type: "array", items: { $ref: "#/components/schemas/ShownLogLine" } },
            total: { type: "integer" },
            unread: { type: "integer" },
          },
        },
      },
      handle: async ({ reader, param, query: { from = 1, lines = 1_000 } }) => {
        const log = await reader.buildLog(param("key"));
        return (
          log && {
            ...(log.skewMs === undefined ? {} : { clockSkewMs: log.skewMs }),
            lines: log.lines
              .slice(from - 1, from - 1 + lines)
              .map((line, at) => ({ line: from + at, mentions: [], ...line })),
            total: log.lines.length,
            unread: log.unread,
          }
        );
      },
    }),
    apiRoute({
      method: "get",
      path: "/runs/{key}/sarif",
      summary: "A run's detections as SARIF 2.1.0, for code scanning.",
      needs: "read",
      answers: { media: "application/sarif+json", description: "A SARIF log." },
      handle: async ({ c, reader, param }) => {
        const run = await reader.runs.get(param("key"));
        if (run === undefined) return undefined;
        const log = sarifOf(run, await detectionsOf(reader, run), links);
        return c.body(JSON.stringify(log), 200, { "Content-Type": "application/sarif+json" });
      },
    }),
    apiRoute({
      method: "get",
      path: "/runs/{key}/ocsf",
      summary: "A run's detections as OCSF 1.5.0 detection findings, a line for each.",
      needs: "read",
      answers: { media: "application/x-ndjson", description: "A finding a line." },
      handle: async ({ c, reader, param }) => {
        const run = await reader.runs.get(param("key"));
        if (run === undefined) return undefined;
        const findings = (await detectionsOf(reader, run)).map((detection) => {
          const own = { detection: links.detection(detection), run: links.run(detection) };
          return `${JSON.stringify(ocsfFinding({ detection, links: own }))}\n`;
        });
        return c.body(findings.join(""), 200, { "Content-Type": "application/x-ndjson" });
      },
    }),
  ];
}
