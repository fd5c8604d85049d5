import type { Baseline } from "./baseline.js";
import { trafficGroup } from "./chain-groups.js";
import type { EndpointSighting } from "./run-sightings.js";
import { addRunTraffics, type RunTraffic } from "./traffic.js";
import { trafficFeatures } from "./traffic-features.js";
import { usualTraffic } from "./usual-traffic.js";

interface Moved {
  place: string;
  program: string;
  amounts: RunTraffic;
}

/**
 * How far what each program moved at each place in a run lies above the usual, by name; of places and programs whose
 * usual amounts the baseline knows.
 *
 * @param told subjects of what was told of the run's traffic and that nobody has reviewed: left out
 */
export function trafficRows(
  evidence: readonly EndpointSighting[],
  before: Baseline | undefined,
  told: ReadonlySet<string>,
): number[][] {
  return [...movedByPlace(evidence)]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([key, { place, program, amounts }]) => {
      const usual = usualTraffic(before, place, program);
      const isTold = [...told].some((subject) => subject === key || subject.startsWith(`${key} `));
      return usual === undefined || isTold ? [] : [trafficFeatures(amounts, usual)];
    });
}

function movedByPlace(evidence: readonly EndpointSighting[]): Map<string, Moved> {
  const moved = new Map<string, Moved>();
  for (const { chain, traffic } of evidence) {
    const place = trafficGroup(chain) ?? chain.at(-1)?.key;
    if (place === undefined) continue;
    for (const [program, amounts] of traffic) {
      const key = `${place} ${program}`;
      const before = moved.get(key);
      const sum = before ? addRunTraffics(before.amounts, amounts) : amounts;
      moved.set(key, { place, program, amounts: sum });
    }
  }
  return moved;
}
