import type { DetectionStatus } from "@straycall/core";
import { type ApiRoute, apiRoute } from "./api-route.js";
import { detectionColumns } from "./columns.js";
import { listAnswer } from "./export-list.js";
import { detectionQuery, given, pageOf } from "./queries.js";

/** What the API tells of detections. */
export const detectionRoutes: readonly ApiRoute[] = [
  apiRoute({
    method: "get",
    path: "/detections",
    summary: "Detections, the last recorded first.",
    needs: "read",
    query: detectionQuery,
    answers: { pageOf: "Detection" },
    handle: ({ c, reader, query }) => {
      const { kind, severity: minimumSeverity, search, format } = query;
      const status = query.status as DetectionStatus | undefined;
      const wanted = given({ status, kind, minimumSeverity, search });
      return listAnswer(c, {
        format,
        page: pageOf(query),
        list: (page) => reader.detections.list({ ...page, ...wanted }),
        name: "detections",
        columns: detectionColumns,
      });
    },
  }),
  apiRoute({
    method: "get",
    path: "/detections/{id}",
    summary: "A detection, and how it was told.",
    needs: "read",
    answers: {
      schema: {
        allOf: [
          { $ref: "#/components/schemas/Detection" },
          {
            type: "object",
            required: ["deliveries"],
            properties: {
              deliveries: { type: "array", items: { $ref: "#/components/schemas/Delivery" } },
            },
          },
        ],
      },
    },
    handle: async ({ reader, param }) => {
      const detection = await reader.detections.get(param("id"));
      return detection && { ...detection, deliveries: await reader.deliveriesOf(detection.id) };
    },
  }),
  apiRoute({
    method: "get",
    path: "/detections/{id}/investigation",
    summary: "Why a detection's call was made: the runbook as data.",
    needs: "read",
    answers: { one: "Investigation" },
    handle: ({ reader, param }) => reader.investigate(param("id")),
  }),
];
