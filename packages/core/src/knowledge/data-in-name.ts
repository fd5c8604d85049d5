import { domainParts } from "../endpoint/domain-name.js";
import { randomCharacters } from "./random-label.js";

/** From how many characters of encoded data on a name is said to carry some: more than a hash or a UUID has. */
const minCarried = 40;
/** The longest name that DNS allows (RFC 1035); with every byte escaped it can be four times as long. */
const maxNameLength = 1024;

/**
 * Tells whether the labels of a name look as if they carried data out: to ask for the name is enough to hand it to
 * whoever serves the domain.
 *
 * See {@link dataInName}. One hash or UUID in a name is common and does not count as data: 40 characters do.
 * What is looked at follows Farnham, "Detecting DNS Tunneling" (SANS, 2013): size of the names, their alphabet, and how
 * unlike the letters of a language theirs are.
 */
export function carriesData(name: string): boolean {
  return dataInName(name) >= minCarried;
}

/**
 * How many characters of a name, in front of its registrable domain, look like encoded data.
 *
 * Those are the words that look random, numbers of 16 digits or more, bytes that no host name has (`\ddd`), and where
 * there are 10 labels or more, those that look random when they are put together. Names for reverse lookups (`.arpa`)
 * have none.
 */
export function dataInName(name: string): number {
  if (name.endsWith(".arpa")) return 0;
  const labels = labelsInFront(name.slice(-maxNameLength));
  const single = labels.reduce((sum, label) => sum + dataInLabel(label), 0);
  if (labels.length < 10) return single;
  const joined = labels.join("");
  return Math.max(single, encodedIn(joined));
}

function labelsInFront(name: string): string[] {
  const { registrable } = domainParts(name);
  if (registrable === undefined) return name.split(".").slice(0, -1);
  return name === registrable ? [] : name.slice(0, -registrable.length - 1).split(".");
}

function dataInLabel(label: string): number {
  const escapes = label.match(/\\\d{3}/g)?.length ?? 0;
  // Below three it is a typing error.
  if (escapes >= 3) return escapes;
  return randomCharacters(label) + longNumbers(label);
}

/** Over many labels a word is cut anywhere: it is looked at in pieces as long as a label can be. */
function encodedIn(text: string): number {
  const pieces = text.match(/.{1,63}/gs) ?? [];
  return pieces.reduce((sum, piece) => sum + dataInLabel(piece), 0);
}

function longNumbers(label: string): number {
  const numbers = label.match(/(?<!\w)\d{16,}(?!\w)/g) ?? [];
  return numbers.reduce((sum, digits) => sum + digits.length, 0);
}
