import type { Baseline } from "./baseline.js";
import { trafficPlaceOf } from "./chain-groups.js";
import type { EndpointSighting } from "./run-sightings.js";
import { addMoved, type RunTraffic } from "./traffic.js";
import { trafficFeatures } from "./traffic-features.js";
import { usualTraffic } from "./usual-traffic.js";

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
  const rows = [...movedByPlace(evidence)].flatMap(([place, programs]) =>
    [...programs].flatMap(([program, amounts]) => {
      const key = `${place} ${program}`;
      const usual = usualTraffic(before, place, program);
      const isTold = [...told].some((subject) => subject === key || subject.startsWith(`${key} `));
      return usual === undefined || isTold ? [] : [{ key, row: trafficFeatures(amounts, usual) }];
    }),
  );
  return rows.sort((one, other) => (one.key < other.key ? -1 : 1)).map(({ row }) => row);
}

function movedByPlace(evidence: readonly EndpointSighting[]): Map<string, Map<string, RunTraffic>> {
  const moved = new Map<string, Map<string, RunTraffic>>();
  for (const { chain, traffic } of evidence) {
    const place = trafficPlaceOf(chain);
    const programs = moved.get(place) ?? new Map<string, RunTraffic>();
    moved.set(place, programs);
    for (const [program, amounts] of traffic) addMoved(programs, program, amounts);
  }
  return moved;
}
