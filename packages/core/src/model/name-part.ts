import type { BaselineIndex } from "../baseline/baseline-index.js";
import type { Likeness } from "../knowledge/look-alike/like-label.js";
import { lookAlikeText } from "../knowledge/look-alike/look-alike-text.js";
import { lookAlikeOf } from "../knowledge/look-alike.js";
import { looksRandom } from "../knowledge/random-label.js";
import type { ScorePart } from "./assessment.js";
import type { Observation } from "./observation.js";
import type { Place } from "./place.js";
import { scorePart } from "./score.js";

/** Names of one owner are like each other too, and not all of them are known: the looser the likeness, the less it weighs. */
const likenessBits: Record<Likeness, number> = {
  "one-edit": 3,
  "same-look": 3,
  "name-in-front": 3,
  "name-and-words": 2,
  "other-suffix": 1,
  "name-inside": 0.5,
};

/** What it weighs that a name imitates another. */
export const likenessWeight = (how: Likeness): number => likenessBits[how];

const randomBits = 1.5;
const unprovenBits = 1;

/** What the name itself says: that it imitates another, that nobody gave it, or that a machine made it. */
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
  const likeness = lookAlikeOf(host, index.imitated);
  if (likeness !== undefined) {
    return scorePart("name", "look-alike", likenessWeight(likeness.how), lookAlikeText(likeness));
  }
  const random = host.split(".").find(looksRandom);
  if (random === undefined) return undefined;
  const text = `A machine seems to have made up "${random}".`;
  return scorePart("name", "random-name", randomBits, text);
}
