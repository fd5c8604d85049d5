import { joinHashes, labelHash } from "./label-hash.js";

const letters = Array.from("abcdefghijklmnopqrstuvwxyz0123456789-", (letter) => ({
  letter,
  code: letter.charCodeAt(0),
  isDigit: isDigit(letter),
}));

/**
 * All texts one edit away (Damerau 1964): a letter left out, added, exchanged for another, or two neighbours swapped.
 *
 * Edits from digit to digit are left out: numbered hosts are siblings and no imitation. About 75 for each character, so
 * that only those are made whose hash `mayBe` one that is looked for; see {@link labelHash}.
 */
export function* oneEditAway(
  text: string,
  mayBe: (hash: number) => boolean = () => true,
): Generator<string> {
  const end = text.length;
  // Of the text up to a place, and from it on.
  const heads = Array.from({ length: end + 1 }, (_, at) => labelHash(text.slice(0, at)));
  const tails = Array.from({ length: end + 1 }, (_, at) => labelHash(text.slice(at)));
  const tail = (at: number) => ({ hash: tails[at] ?? 0, length: end - at });
  for (let at = 0; at <= end; at++) {
    const head = heads[at] ?? 0;
    const [before, here] = [text.slice(0, at), text[at]];
    const isHereDigit = here !== undefined && isDigit(here);
    for (const { letter, code, isDigit: isNumber } of letters) {
      const withLetter = joinHashes(head, { hash: code, length: 1 });
      if (!isNumber && mayBe(joinHashes(withLetter, tail(at))))
        yield before + letter + text.slice(at);
      if (here === undefined || here === letter || (isHereDigit && isNumber)) continue;
      if (mayBe(joinHashes(withLetter, tail(at + 1)))) yield before + letter + text.slice(at + 1);
    }
    if (here === undefined) continue;
    if (!isHereDigit && mayBe(joinHashes(head, tail(at + 1)))) yield before + text.slice(at + 1);
    const next = text[at + 1];
    if (next === undefined || next === here || (isHereDigit && isDigit(next))) continue;
    const swapped = { hash: labelHash(next + here), length: 2 };
    if (mayBe(joinHashes(joinHashes(head, swapped), tail(at + 2)))) {
      yield before + next + here + text.slice(at + 2);
    }
  }
}

function isDigit(char: string): boolean {
  return char >= "0" && char <= "9";
}
