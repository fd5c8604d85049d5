/**
 * Letters that follow a letter in English: the pairs found in at least one of 500 words of a word list of 73,133
 * (SCOWL, Debian's wamerican). 320 of the 676 pairs: in a label drawn at random more than half of the pairs are others.
 */
const followers: Record<string, string> = {
  a: "bcdefghiklmnprstuvwxyz",
  b: "abeilorsu",
  c: "acehiklorstuy",
  d: "adegilorsuy",
  e: "abcdefghiklmnopqrstuvwxy",
  f: "aefilortuy",
  g: "aeghilnorsuy",
  h: "aeilmorstuy",
  i: "abcdefgklmnoprstuvz",
  j: "aeou",
  k: "aeilnosy",
  l: "acdefiklmopstuvy",
  m: "abeimopsu",
  n: "abcdefghiklnostuvy",
  o: "abcdefgiklmnoprstuvwxy",
  p: "aehiloprstu",
  q: "u",
  r: "abcdefghiklmnoprstuvy",
  s: "acehiklmnopqstuwy",
  t: "acehilmorstuwy",
  u: "abcdefgilmnoprst",
  v: "aeio",
  w: "aehilnors",
  x: "eipt",
  y: "aceilmnoprs",
  z: "aeiz",
};

/** Shorter words are never judged: too many abbreviations look like anything. */
const minWordLength = 8;
/** The longest label that DNS allows (RFC 1035). */
const maxLabelLength = 63;

/**
 * Tells whether a label of a domain name looks made by a machine: a hash, an identifier, a word of a domain generation
 * algorithm.
 *
 * A label is split into words at `-` and `_`, and it looks random if one of its words of 8 characters or more does:
 * - it is hexadecimal, and changes at least twice between letters and digits; or
 * - at least 4, and two in five, of its pairs of neighbours are odd: a letter beside a digit, or two letters that
 *   hardly any English word has in this order.
 *
 * A number alone does not, nor does an internationalized label (`xn--`), whose letters are an encoding.
 * Over English words of 8 letters or more it errs once in 10,000; it finds 9 in 10 labels of 10 random letters and digits.
 */
export function looksRandom(label: string): boolean {
  return randomCharacters(label) > 0;
}

/** How many characters of a label stand in words that look random; see {@link looksRandom}. */
export function randomCharacters(label: string): number {
  if (label.startsWith("xn--")) return 0;
  return label
    .slice(0, maxLabelLength)
    .split(/[-_]/)
    .filter(isRandomWord)
    .reduce((sum, word) => sum + word.length, 0);
}

function isRandomWord(word: string): boolean {
  if (word.length < minWordLength || !/[a-z]/.test(word)) return false;
  let changes = 0;
  let odd = 0;
  for (let at = 1; at < word.length; at++) {
    const [before = "", after = ""] = [word[at - 1], word[at]];
    const isChange = isDigit(before) !== isDigit(after);
    if (isChange) changes += 1;
    if (isChange || (!isDigit(after) && !followers[before]?.includes(after))) odd += 1;
  }
  if (changes >= 2 && /^[0-9a-f]+$/.test(word)) return true;
  return odd >= 4 && odd * 5 >= (word.length - 1) * 2;
}

const isDigit = (char: string) => char >= "0" && char <= "9";
