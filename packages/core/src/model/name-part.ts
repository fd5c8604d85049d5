import type { BaselineIndex } from "../baseline/baseline-index.js";
import { looksRandom } from "../knowledge/random-label.js";
import type { ScorePart } from "./assessment.js";
import type { Observation } from "./observation.js";
import type { Place } from "./place.js";
import { scorePart } from "./score.js";

const randomBits = 1.5;
const unprovenBits = 1;

/** What the name itself says: that nobody gave it, or that a machine made it. */
export function namePart(
  { endpoint: { host }, claimedName }: Observation,
  place: Place,
  index: BaselineIndex,
): ScorePart | undefined {
  if (place.isAddress && claimedName !== undefined) {
    const text = `It claims to talk to ${claimedName}, but no lookup of that name was seen.`;
    return scorePart("name", "unproven-name", unprovenBits, text);
  }
  const isKnown = place.domain !== undefined && index.hasDomain(place.domain);
  if (place.isAddress || place.family || place.service || isKnown) return undefined;
  const random = host.split(".").find(looksRandom);
  if (random === undefined) return undefined;
  return scorePart(
    "name",
    "random-name",
    randomBits,
    `A machine seems to have made up "${random}".`,
  );
}
