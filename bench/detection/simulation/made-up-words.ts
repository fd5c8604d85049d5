import type { SeededRandom } from "./seeded-random.js";

const onsets = "b c d f g h k l m n p r s t v w st tr br pl cl".split(" ");
const vowels = "a e i o u ea io".split(" ");

/** A word that could be a name: `belora`. */
export function madeUpWord(random: SeededRandom, syllables = 2 + random.below(2)): string {
  let word = "";
  for (let at = 0; at < syllables; at += 1) word += random.pick(onsets) + random.pick(vowels);
  return word;
}

/** Characters of an alphabet, as ids and hashes are made of. */
export function madeUpId(
  random: SeededRandom,
  length: number,
  alphabet = "0123456789abcdef",
): string {
  let id = "";
  for (let at = 0; at < length; at += 1) id += alphabet[random.below(alphabet.length)];
  return id;
}
