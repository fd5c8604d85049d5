import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";

interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  schema: object;
}

interface Operation {
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: { "application/json": { schema: object } } };
}

const { paths } = JSON.parse(
  readFileSync(new URL("github-openapi.json", import.meta.url), "utf8"),
) as { paths: Record<string, Record<string, Operation>> };

const ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: true });
addFormats.default(ajv);

/** What is wrong with a request by GitHub's description of its API: nothing, if the list is empty. */
export function wrongIn(method: string, url: URL, body: unknown): string[] {
  const found = findOperation(method.toLowerCase(), url.pathname);
  if (found === undefined) return [`there is no ${method} ${url.pathname}`];
  const { operation, values } = found;
  const { parameters = [], requestBody } = operation;
  const query = Object.fromEntries(url.searchParams);
  const known = new Set(parameters.filter((each) => each.in === "query").map(({ name }) => name));
  const problems = Object.keys(query)
    .filter((name) => !known.has(name))
    .map((name) => `the query has an unknown ${name}`);
  for (const { name, schema, required, in: place } of parameters) {
    const value = place === "path" ? values[name] : query[name];
    if (value !== undefined) problems.push(...check(schema, value, name));
    else if (required) problems.push(`${name} is missing`);
  }
  const schema = requestBody?.content["application/json"].schema;
  if (schema && body !== undefined) problems.push(...check(closed(schema), body, "body"));
  if (requestBody?.required && body === undefined) problems.push("the body is missing");
  if (!requestBody && body !== undefined) problems.push("there is a body");
  return problems;
}

function findOperation(method: string, path: string) {
  for (const [pattern, operations] of Object.entries(paths)) {
    const operation = operations[method];
    const names = [...pattern.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
    const match = new RegExp(`^${pattern.replace(/\{\w+\}/g, "([^/]+)")}$`).exec(path);
    if (!operation || !match) continue;
    const values = Object.fromEntries(
      names.map((name, at) => [name, decodeURIComponent(match[at + 1] ?? "")]),
    );
    return { operation, values };
  }
  return undefined;
}

/** A field that GitHub does not describe is a mistake of ours. */
function closed(schema: object): object {
  return "properties" in schema && !("additionalProperties" in schema)
    ? { ...schema, additionalProperties: false }
    : schema;
}

function check(schema: object, value: unknown, name: string): string[] {
  const validate = ajv.compile(schema);
  // Coerces in place.
  const holder = structuredClone(value);
  if (validate(holder)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message }) => `${name}${instancePath} ${message}`,
  );
}
