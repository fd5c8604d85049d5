import { decodePunycode } from "./punycode.js";

/** Letters of other scripts that look like a Latin one (Unicode Technical Standard 39, confusables). */
const confusable: ReadonlyMap<string, string> = new Map([
  ...pairs("аӑӓαɑ", "a"),
  ...pairs("вьъ", "b"),
  ...pairs("сϲ", "c"),
  ...pairs("ԁ", "d"),
  ...pairs("еёє", "e"),
  ...pairs("ԍɡ", "g"),
  ...pairs("һ", "h"),
  ...pairs("іїιı", "i"),
  ...pairs("јϳ", "j"),
  ...pairs("кκ", "k"),
  ...pairs("ӏ", "l"),
  ...pairs("м", "m"),
  ...pairs("пη", "n"),
  ...pairs("оοσө", "o"),
  ...pairs("рρ", "p"),
  ...pairs("ԛ", "q"),
  ...pairs("г", "r"),
  ...pairs("ѕ", "s"),
  ...pairs("тτ", "t"),
  ...pairs("υս", "u"),
  ...pairs("ν", "v"),
  ...pairs("ԝω", "w"),
  ...pairs("х", "x"),
  ...pairs("уγ", "y"),
]);

/** What is read as another letter at a glance; a hyphen as nothing. */
const alike: Readonly<Record<string, string>> = {
  rn: "m",
  vv: "w",
  "1": "l",
  i: "l",
  "|": "l",
  "0": "o",
  "3": "e",
  "5": "s",
  "-": "",
};
const anyAlike = /rn|vv|[1i|035-]/g;

function pairs(letters: string, latin: string): [string, string][] {
  return Array.from(letters, (letter) => [letter, latin]);
}

/**
 * What remains of a label when letters that look alike are one and hyphens are nothing: two labels with the same
 * skeleton are taken for each other (UTS 39, section 4, with the pairs common in typosquatting).
 */
export function skeletonOf(label: string): string {
  const latin = label.startsWith("xn--") ? latinOf(decodePunycode(label.slice(4))) : label;
  return latin.replace(anyAlike, (found) => alike[found] ?? found);
}

function latinOf(text: string): string {
  const plain = text.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  return Array.from(plain, (letter) => confusable.get(letter) ?? letter).join("");
}
