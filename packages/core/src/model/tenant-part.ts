import type { BaselineIndex } from "../baseline/baseline-index.js";
import type { ScorePart } from "./assessment.js";
import type { Place } from "./place.js";
import { dualUseBits, placeBits } from "./place-bits.js";
import { scorePart } from "./score.js";

/** A name below a suffix that many share: the tenants that the job knows vouch for no other. */
export function tenantPart(place: Place, index: BaselineIndex): ScorePart {
  const { suffix, family, dualUse } = place;
  const bits = dualUse ? dualUseBits[dualUse.kind] : placeBits.tenant;
  if (family?.isOutOfRange) {
    const text = `It looks like one of ${family.pattern}, but its number is far from those seen: anyone could have registered it.`;
    return scorePart("destination", "family-out-of-range", bits, text);
  }
  const own = place.chain.at(-2)?.key ?? "";
  const known = index.children(`suffix:${suffix}`)?.keys ?? [];
  const word = sharedWord(own, known, suffix ?? "");
  if (word !== undefined) {
    const text = `Anyone can get a name below ${suffix}; the job calls others there that contain "${word}".`;
    return scorePart("destination", "tenant-like-known", bits + placeBits.likeKnownTenant, text);
  }
  const text = `Anyone can get a name below ${suffix}: its other names say nothing of this one.`;
  return scorePart(
    "destination",
    dualUse ? `dual-use-${dualUse.kind}` : "multi-tenant-suffix",
    bits,
    dualUse ? `${text} ${dualUse.text}` : text,
  );
}

const minWord = 5;
const maxCompared = 1_000;

/** A word of at least five letters that a tenant's name shares with one the job knows. */
function sharedWord(own: string, known: readonly string[], suffix: string): string | undefined {
  const words = wordsOf(own, suffix);
  if (words.length === 0) return undefined;
  for (const key of known.slice(0, maxCompared)) {
    if (key === own) continue;
    const other = new Set(wordsOf(key, suffix));
    const shared = words.find((word) => other.has(word));
    if (shared !== undefined) return shared;
  }
  return undefined;
}

function wordsOf(key: string, suffix: string): string[] {
  const at = key.indexOf(suffix);
  const name = key.slice(key.indexOf(":") + 1, at > 0 ? at : undefined);
  return name.split(/[^a-z]+/).filter((word) => word.length >= minWord);
}
