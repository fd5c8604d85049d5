import type { Baseline } from "./baseline.js";
import type { Traffic } from "./traffic.js";

const leastRuns = 5;

/** What a program moves at a place, an endpoint or a group; `undefined` as long as too few runs say so. */
export function usualTraffic(
  baseline: Pick<Baseline, "groups" | "endpoints"> | undefined,
  place: string,
  program: string,
): Traffic | undefined {
  const learned = baseline?.groups[place]?.traffic ?? baseline?.endpoints[place]?.habits?.traffic;
  if (learned === undefined || !Object.hasOwn(learned, program)) return undefined;
  const usual = learned[program];
  return usual !== undefined && usual.runs >= leastRuns ? usual : undefined;
}
