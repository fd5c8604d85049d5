import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as generator from "typescript-json-schema";

/*
 * Writes the JSON schema of what core answers with, from its types and their comments: `npm run schema`; with `--check` it
 * compares.
 */

const source = fileURLToPath(new URL("../packages/core/src/index.ts", import.meta.url));
const file = fileURLToPath(new URL("../packages/core/schema/straycall.json", import.meta.url));

/** What is answered; what they are made of comes with them. */
const published = [
  "Investigation",
  "RunRecord",
  "Call",
  "CallDensity",
  "ProcessRecord",
  "Detection",
  "Delivery",
  "BaselineChange",
  "BaselineEndpoint",
  "Maturity",
  "EndpointFamily",
  "Destination",
  "DestinationCaller",
  "Suppression",
  "SuppressionPreview",
  "NotificationSettings",
  "NotifierState",
  "RejectedEvent",
];

/** Types that zod infers have no name of their own. */
const inferred: [RegExp, string][] = [
  [/^\{platform:/, "JobRef"],
  [/^\{id:string;name\?/, "Step"],
  [/^\{name:string;ref\?/, "StepAction"],
  [/^Pick<Detection,/, "DetectionSummary"],
  [/^Shown<Pick<Detection,/, "ShownDetectionSummary"],
];

function nameOf(type: string): string {
  const known = inferred.find(([pattern]) => pattern.test(type));
  return known?.[1] ?? type.replace(/[^A-Za-z0-9]/g, "");
}

/** Renames the definitions and what refers to them, and takes the links out of the comments. */
function tidied(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(tidied);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      if (key === "$ref" && typeof each === "string") {
        const type = decodeURIComponent(each.replace("#/definitions/", ""));
        return [key, `#/$defs/${nameOf(type)}`];
      }
      if (key === "description" && typeof each === "string") {
        return [key, each.replace(/\{@link ([^}]+)\}/g, "`$1`")];
      }
      return [key, tidied(each)];
    }),
  );
}

const program = generator.getProgramFromFiles([source], {
  strict: true,
  target: 9,
  module: 199,
  moduleResolution: 99,
  skipLibCheck: true,
  customConditions: ["@straycall/source"],
  types: [],
});
const made = generator.buildGenerator(program, {
  required: true,
  ignoreErrors: true,
  strictNullChecks: true,
});
const { definitions = {} } = made?.getSchemaForSymbols(published) ?? {};
const $defs: Record<string, unknown> = {};
for (const [type, definition] of Object.entries(definitions)) {
  const name = nameOf(type);
  if (name in $defs) throw new Error(`two types are called ${name}`);
  $defs[name] = tidied(definition);
}
const missing = published.filter((name) => !(name in $defs));
if (missing.length > 0) throw new Error(`core exports no ${missing.join(", ")}`);
const schema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  $id: "urn:straycall:schema:1",
  title: "What Straycall answers with",
  $defs: Object.fromEntries(Object.entries($defs).sort(([one], [other]) => (one < other ? -1 : 1))),
};
const text = `${JSON.stringify(schema, undefined, 2)}\n`;
if (!process.argv.includes("--check")) writeFileSync(file, text);
else if (JSON.stringify(JSON.parse(readFileSync(file, "utf8"))) !== JSON.stringify(schema)) {
  throw new Error(`${file} is not what the types say: npm run schema`);
}
