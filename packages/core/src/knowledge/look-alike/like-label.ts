import type { NearTexts } from "./near-texts.js";
import { oneEditAway } from "./one-edit.js";
import { skeletonOf } from "./skeleton.js";

/**
 * How one name imitates another.
 *
 * - `one-edit`: a letter more, less, another, or two swapped.
 * - `same-look`: other letters that look the same, or hyphens more or less.
 * - `other-suffix`: the same name below another suffix.
 * - `name-and-words`: the name with words beside it, `npm-cache`.
 * - `name-inside`: a well-known name, with any letters beside it; the weakest sign.
 * - `name-in-front`: the whole name, as labels in front of another's domain.
 */
export type Likeness =
  | "one-edit"
  | "same-look"
  | "other-suffix"
  | "name-and-words"
  | "name-inside"
  | "name-in-front";

export interface LookAlike {
  /** Whom it looks like: a domain, or the owner of a part of a shared host. */
  of: string;
  how: Likeness;
}

/** Shorter names are within one letter of too many others. */
export const minLength = 5;
/** A word within a name must be longer: there are more of them. */
const minWordLength = 6;
const maxWords = 16;

type Find = (text: string) => string | undefined;

/** Names that a label is compared with. */
export interface ComparedNames {
  /** The name that a text is. */
  find: Find;
  /** The name with a skeleton. */
  findAlike: Find;
  /** Whether a name may be one edit away. */
  mayBeNear: NearTexts["mayBeNear"];
}

/** Tells which name of at least some length a label is like. */
export function likeLabel(
  label: string,
  shortest: number,
  { find, findAlike, mayBeNear }: ComparedNames,
): LookAlike | undefined {
  if (label.length < shortest) return undefined;
  const sameLook = findAlike(skeletonOf(label));
  if (sameLook !== undefined) return { of: sameLook, how: "same-look" };
  if (!mayBeNear(label)) return undefined;
  for (const text of oneEditAway(label)) {
    const of = text.length >= shortest ? find(text) : undefined;
    if (of !== undefined) return { of, how: "one-edit" };
  }
  return undefined;
}

/** One of its words is like a name: `glthub-actions`. */
export function likeWord(label: string, names: ComparedNames): LookAlike | undefined {
  const words = label.split("-").slice(0, maxWords);
  if (words.length === 1) return undefined;
  for (const word of words) {
    if (names.find(word) !== undefined) continue;
    const found = likeLabel(word, minWordLength, names);
    if (found) return found;
  }
  return undefined;
}
