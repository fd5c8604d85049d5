import type { Detection } from "../detection/detection.js";
import { endpointKey } from "../endpoint/endpoint.js";
import type { Baseline } from "./baseline.js";
import { reviewEndpoints } from "./learn-run.js";

/** The baseline after somebody looked at a detection: what it told counts as evidence from the next run on. */
export function reviewDetection(
  before: Baseline,
  { kind, endpoint, newHabits = [] }: Pick<Detection, "kind" | "endpoint" | "newHabits">,
): Baseline {
  const key = endpointKey(endpoint);
  if (kind === "unusual-traffic" || kind === "new-job") return before;
  if (newHabits.length === 0) return reviewEndpoints(before, [key]);
  const known = before.endpoints[key];
  if (known?.habits?.told === undefined) return before;
  const { told, ...habits } = known.habits;
  const left = Object.entries(told).filter(([habit]) => !newHabits.includes(habit));
  const kept = left.length === 0 ? habits : { ...habits, told: Object.fromEntries(left) };
  const { told: place, ...rest } = known;
  const isLooked = left.length === 0 && known.unreviewed === undefined;
  const reviewed = {
    ...rest,
    ...(isLooked || place === undefined ? {} : { told: place }),
    habits: kept,
  };
  return { ...before, endpoints: { ...before.endpoints, [key]: reviewed } };
}
