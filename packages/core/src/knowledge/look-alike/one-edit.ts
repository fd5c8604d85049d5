const letters = "abcdefghijklmnopqrstuvwxyz0123456789-";

/**
 * All texts one edit away (Damerau 1964): a letter left out, added, exchanged for another, or two neighbours swapped.
 *
 * Edits from digit to digit are left out: numbered hosts are siblings and no imitation. About 75 for each character.
 */
export function* oneEditAway(text: string): Generator<string> {
  for (let at = 0; at <= text.length; at++) {
    const [before, here, after] = [text.slice(0, at), text[at], text.slice(at + 1)];
    for (const letter of letters) {
      if (!isDigit(letter)) yield before + letter + text.slice(at);
      if (here === undefined || here === letter || (isDigit(here) && isDigit(letter))) continue;
      yield before + letter + after;
    }
    if (here === undefined) continue;
    if (!isDigit(here)) yield before + after;
    const next = after[0];
    if (next !== undefined && next !== here && !(isDigit(here) && isDigit(next))) {
      yield before + next + here + after.slice(1);
    }
  }
}

const isDigit = (char: string) => char >= "0" && char <= "9";
