import { parseArgs } from "node:util";

export interface TortureArguments {
  seed: number;
  jobs: number;
  endpoints: number;
  processes: number;
  kills: number;
  json: string | undefined;
}

/** Throws an Error that names the wrong option. */
export function readArguments(argv: readonly string[]): TortureArguments {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...argv],
    strict: true,
    options: { seed: text, jobs: text, endpoints: text, processes: text, kills: text, json: text },
  });
  const whole = (name: keyof typeof values, standard: number, least: number) => {
    const given = values[name];
    const number = given === undefined ? standard : Number(given);
    if (Number.isInteger(number) && number >= least && number <= 1e9) return number;
    throw new Error(`--${name} must be a whole number from ${least}`);
  };
  return {
    seed: whole("seed", 1, 0),
    jobs: whole("jobs", 200, 1),
    endpoints: whole("endpoints", 2_000, 1),
    processes: whole("processes", 8, 1),
    kills: whole("kills", 200, 0),
    json: values.json,
  };
}
