/** Knows some texts, and rules out quickly that another is one edit away from any of them. */
export interface NearTexts {
  add(text: string): void;
  /** `false` is certain; `true` is not. */
  mayBeNear(text: string): boolean;
}

/**
 * Of two texts one edit apart, what is left is the same when from each of them at most one character is left out
 * (Mor and Fraenkel 1982, "A hash code method for detecting and correcting spelling errors"). So a text of some length
 * takes as many look-ups, where trying all edits takes 75 times that. Of edits from digit to digit nothing is said, as
 * `oneEditAway` leaves them out.
 */
export function nearTexts(texts: Iterable<string> = []): NearTexts {
  const withoutLetter = new Set<number>();
  const others = new Set<number>();
  const index: NearTexts = {
    add(text) {
      for (let at = 0; at <= text.length; at += 1) {
        (isLetter(text, at) ? withoutLetter : others).add(hashWithout(text, at));
      }
    },
    mayBeNear(text) {
      for (let at = 0; at <= text.length; at += 1) {
        const hash = hashWithout(text, at);
        if (withoutLetter.has(hash)) return true;
        if (isLetter(text, at) && others.has(hash)) return true;
      }
      return false;
    },
  };
  for (const text of texts) index.add(text);
  return index;
}

function isLetter(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return at < text.length && !(code >= 48 && code <= 57);
}

/** Of the text without its character at a place; of all of it for the place behind the last (FNV-1a). */
function hashWithout(text: string, leftOut: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) {
    if (at !== leftOut) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash;
}
