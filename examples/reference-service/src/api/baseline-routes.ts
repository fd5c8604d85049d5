import {
  baselineChangelog,
  baselineMaturity,
  endpointFamilies,
  type JobKey,
  parseJobKey,
} from "@straycall/core";
import { allowListOf } from "../allow-list.js";
import { type ApiRoute, apiRoute } from "./api-route.js";
import { destinationColumns } from "./columns.js";
import { listAnswer } from "./export-list.js";
import { destinationQuery, given, pageOf, pageQuery } from "./queries.js";

const jobKeySchema = { type: "string", description: "A job's key." };

/** What the API tells of baselines and of what they hold. */
export function baselineRoutes(learningRuns: number): ApiRoute[] {
  return [
    apiRoute({
      method: "get",
      path: "/baselines",
      summary: "The jobs that have a baseline, by their keys.",
      needs: "read",
      query: pageQuery,
      answers: {
        schema: {
          type: "object",
          required: ["items"],
          properties: { items: { type: "array", items: jobKeySchema }, next: { type: "string" } },
        },
      },
      handle: ({ reader, query }) => reader.baselines.list(pageOf(query)),
    }),
    apiRoute({
      method: "get",
      path: "/baselines/{key}",
      summary: "What a job normally does: its endpoints, families, maturity and changes.",
      needs: "read",
      answers: {
        schema: {
          type: "object",
          required: ["jobKey", "job", "runs", "maturity", "endpoints", "families", "changes"],
          properties: {
            jobKey: jobKeySchema,
            job: { $ref: "#/components/schemas/JobRef" },
            runs: { type: "integer" },
            maturity: { $ref: "#/components/schemas/Maturity" },
            endpoints: {
              type: "object",
              additionalProperties: { $ref: "#/components/schemas/BaselineEndpoint" },
            },
            families: { type: "array", items: { $ref: "#/components/schemas/EndpointFamily" } },
            changes: { type: "array", items: { $ref: "#/components/schemas/BaselineChange" } },
          },
        },
      },
      handle: async ({ reader, param }) => {
        const key: JobKey = param("key");
        const baseline = await reader.baselines.get(key);
        return (
          baseline && {
            jobKey: key,
            job: parseJobKey(key),
            runs: baseline.runs,
            maturity: baselineMaturity(baseline, learningRuns),
            endpoints: baseline.endpoints,
            families: endpointFamilies(baseline),
            changes: baselineChangelog(baseline),
          }
        );
      },
    }),
    apiRoute({
      method: "get",
      path: "/baselines/{key}/allow-list",
      summary: "The endpoints of a job as rules for `straycall-agent run --mode block`.",
      needs: "read",
      answers: { media: "text/plain", description: "A rule a line; `#` begins a comment." },
      handle: async ({ c, reader, param }) => {
        const baseline = await reader.baselines.get(param("key"));
        return baseline && c.text(allowListOf(baseline));
      },
    }),
    apiRoute({
      method: "get",
      path: "/destinations",
      summary: "All hosts that jobs call, in the order of their names.",
      needs: "read",
      query: destinationQuery,
      answers: { pageOf: "Destination" },
      handle: ({ c, reader, query }) => {
        const wanted = given({ search: query.search });
        return listAnswer(c, {
          format: query.format,
          page: pageOf(query),
          list: (page) => reader.baselines.destinations({ ...page, ...wanted }),
          name: "destinations",
          columns: destinationColumns,
        });
      },
    }),
    apiRoute({
      method: "get",
      path: "/destinations/{host}/callers",
      summary: "The jobs that call a host, and since when.",
      needs: "read",
      query: pageQuery,
      answers: { pageOf: "DestinationCaller" },
      handle: ({ reader, param, query }) =>
        reader.baselines.callersOf(param("host"), pageOf(query)),
    }),
  ];
}
