import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { z } from "zod";
import type { ApiAnswer, ApiRoute } from "./api-route.js";

type Json = Record<string, unknown>;

const version = "1";
const shared = "#/components/schemas/";

/** What core answers with, as its published schema says, renamed for where it stands here. */
function publishedSchemas(): Json {
  const file = createRequire(import.meta.url).resolve("@straycall/core/schema.json");
  const { $defs } = JSON.parse(
    readFileSync(file, "utf8").replaceAll('"#/$defs/', `"${shared}`),
  ) as { $defs: Json };
  return $defs;
}

const errorSchema = {
  type: "object",
  required: ["error"],
  properties: {
    error: {
      type: "object",
      required: ["code", "message"],
      properties: {
        code: { type: "string" },
        message: { type: "string" },
        field: { type: "string", description: "What is wrong, where it is one field." },
      },
    },
  },
};

/** Describes the API by OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0): queries and bodies by the schemas that check them. */
export function openApiOf(routes: readonly ApiRoute[], publicUrl: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Straycall",
      version,
      description:
        "Runs of CI jobs, their outbound calls, what was detected and why. Lists answer `{ items, next }`: pass `next` as `cursor` for what follows. Errors answer `{ error: { code, message, field } }`.",
    },
    servers: [{ url: `${publicUrl}/api/v${version}` }],
    security: [{ token: [] }, { session: [] }],
    paths,
    components: {
      schemas: { ...publishedSchemas(), Error: errorSchema },
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "A token, made on the page Tokens." },
        session: {
          type: "apiKey",
          in: "cookie",
          name: "straycall_session",
          description: "Of who signed in on the pages; for what is read alone.",
        },
      },
    },
  };
}

function operationOf(route: ApiRoute): Json {
  const { query, body, path, summary, needs, answers } = route;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
  const inPath = names.map((name) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  return {
    operationId: `${route.method} ${path}`.replace(/[^a-z]+(.)?/gi, (_, next: string = "") =>
      next.toUpperCase(),
    ),
    summary,
    description: `Needs the right \`${needs}\`.`,
    parameters: [...inPath, ...(query ? queryParameters(query) : [])],
    ...(body
      ? {
          requestBody: {
            required: true,
            content: { "application/json": { schema: schemaOf(body) } },
          },
        }
      : {}),
    responses: {
      200: { description: "Answered.", content: contentOf(answers) },
      ...Object.fromEntries([400, 401, 403, 404, 429].map((status) => [status, failed(status)])),
    },
  };
}

const reasons: Record<number, string> = {
  400: "The request is wrong; `field` names what.",
  401: "No token was sent, or one that opens nothing.",
  403: "The token lacks the right.",
  404: "It is not there, or of a repository that the token does not reach.",
  429: "Too many requests; `Retry-After` says how long to wait, in seconds.",
};

const failed = (status: number) => ({
  description: reasons[status],
  content: { "application/json": { schema: { $ref: `${shared}Error` } } },
});

/** Without the mark of its own version, which OpenAPI gives once for all. */
function schemaOf(type: z.ZodType): Json {
  const { $schema: _, ...schema } = z.toJSONSchema(type, { io: "input" }) as Json;
  return schema;
}

function queryParameters(query: z.ZodType): Json[] {
  const { properties = {}, required = [] } = schemaOf(query) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    name,
    in: "query",
    required: required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema,
  }));
}

function contentOf(answers: ApiAnswer): Json {
  if ("media" in answers) return { [answers.media]: { schema: { type: "string" } } };
  if ("schema" in answers) return { "application/json": { schema: answers.schema } };
  if ("one" in answers) {
    return { "application/json": { schema: { $ref: `${shared}${answers.one}` } } };
  }
  const schema = {
    type: "object",
    required: ["items"],
    properties: {
      items: { type: "array", items: { $ref: `${shared}${answers.pageOf}` } },
      next: { type: "string", description: "The cursor of what follows; unset at the end." },
    },
  };
  return { "application/json": { schema } };
}
