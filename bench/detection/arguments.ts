import { statSync } from "node:fs";
import { parseArgs } from "node:util";
import { InputError } from "./data/input-error.js";

export interface EvaluationArguments {
  histories: string;
  incidents: string;
  benign: string | undefined;
  seed: number;
  json: string | undefined;
  picture: string | undefined;
  drift: number;
  outliers: boolean;
  maxRuns: number;
}

const usage = `npm run evaluate -- --histories DIR --incidents FILE [options]

  --histories DIR   endpoints_changes.jsonl, transitions.jsonl, lifecycle.jsonl, repos.jsonl
  --incidents FILE  incidents with the calls they made, one JSON object a line
  --benign FILE     false alarms that really happened, in the same format
  --seed N          of all random numbers; 1 if left out
  --json OUT        writes the result
  --picture OUT     draws the result as SVG
  --outliers        also the model with each scorer of outliers, which takes three times as long
  --drift N         times the usual rate of benign changes; 1 if left out
  --max-runs N      runs by job, spread over its life; 300 if left out`;

/** @throws InputError that says which argument is wrong */
export function readArguments(argv: readonly string[]): EvaluationArguments {
  const values = parse(argv);
  return {
    histories: existing("--histories", values.histories, "folder"),
    incidents: existing("--incidents", values.incidents, "file"),
    benign: values.benign === undefined ? undefined : existing("--benign", values.benign, "file"),
    seed: wholeNumber("--seed", values.seed ?? "1", 0),
    json: values.json,
    picture: values.picture,
    outliers: values.outliers ?? false,
    drift: wholeNumber("--drift", values.drift ?? "1", 0),
    maxRuns: wholeNumber("--max-runs", values["max-runs"] ?? "300", 1),
  };
}

function parse(argv: readonly string[]) {
  const text = { type: "string" } as const;
  const options = {
    histories: text,
    incidents: text,
    benign: text,
    seed: text,
    json: text,
    picture: text,
    outliers: { type: "boolean" } as const,
    drift: text,
    "max-runs": text,
  };
  try {
    return parseArgs({ args: [...argv], options, strict: true }).values;
  } catch (error) {
    throw new InputError(`${(error as Error).message}\n\n${usage}`);
  }
}

function existing(name: string, path: string | undefined, what: "file" | "folder"): string {
  if (path === undefined) throw new InputError(`${name} is missing\n\n${usage}`);
  const stat = statSync(path, { throwIfNoEntry: false });
  const right = what === "file" ? stat?.isFile() : stat?.isDirectory();
  if (!right) throw new InputError(`${name}: ${path} is no ${what}`);
  return path;
}

function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
  throw new InputError(`${name}: ${text} is no whole number from ${least} on`);
}
