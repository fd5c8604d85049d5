import type { BaselineIndex } from "../baseline/baseline-index.js";
import { chanceOfNewChild } from "../baseline/chance-of-new.js";
import type { ScorePart } from "./assessment.js";
import type { Place } from "./place.js";
import { ratioBits, scorePart } from "./score.js";

/** A place that brings something new in one run of twenty weighs nothing. */
const usualRate = 0.05;

/** How often this job calls something new in the part of the net where the call goes. */
export function noveltyPart(place: Place, index: BaselineIndex): ScorePart {
  // Everything is new: that speaks against an attack, but not for long.
  if (index.runs === 0) {
    return scorePart("novelty", "first-run", -1, "Nothing is known yet of what this job calls.");
  }
  const { group } = place;
  const runs = group?.runs ?? index.runs;
  const chance = chanceOfNewChild(group && index.children(group.key), runs);
  const bits = ratioBits(usualRate, chance, -3, 3);
  const where = group === undefined ? kindOfPlace(place) : placeName(group.key);
  const often = `about 1 run in ${Math.max(1, Math.round(1 / chance))} brings something new ${where}`;
  return scorePart("novelty", bits > 0 ? "seldom-new" : "often-new", bits, `In this job ${often}.`);
}

const kindOfPlace = ({ isAddress }: Place) =>
  isAddress ? "among addresses without a name" : "among names";

/** Where a group is, in words. */
function placeName(key: string): string {
  if (key === "names") return "among names";
  if (key === "addresses") return "among addresses without a name";
  const [kind, name] = [key.slice(0, key.indexOf(":")), key.slice(key.indexOf(":") + 1)];
  if (kind === "class") return `among ${name} addresses`;
  return kind.startsWith("net") ? `in ${name}` : `below ${name}`;
}
