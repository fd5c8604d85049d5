import { addRunTraffic, type RunTraffic, type Traffic } from "./traffic.js";

/** How many programs' traffic at one place is remembered. */
const maxPrograms = 32;

/** Adds what each program moved in one run. */
export function learnTraffic(
  before: Readonly<Record<string, Traffic>> | undefined,
  run: ReadonlyMap<string, RunTraffic>,
  weight: number,
): Record<string, Traffic> | undefined {
  if (run.size === 0 || weight === 0) return before;
  const after = new Map(Object.entries(before ?? {}));
  for (const program of [...run.keys()].sort()) {
    const amounts = run.get(program);
    if (amounts === undefined || (!after.has(program) && after.size >= maxPrograms)) continue;
    after.set(program, addRunTraffic(after.get(program), amounts));
  }
  return Object.fromEntries(after);
}
