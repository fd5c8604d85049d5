import { looksRandom } from "../knowledge/random-label.js";
import { isRegionWord, splitAtRegions } from "./cloud-region.js";

/** A piece of a name: as it is, and what stands for it where it is one that varies. */
export interface NamePiece {
  text: string;
  mask?: "<n>" | "<hex>" | "<random>" | "<region>" | "<cc>";
}

/**
 * Where the big clouds have regions, by ISO 3166 code, and `ap`, `eu`, `uk`; without those that are words of their own
 * in host names (`at`, `be`, `id`, `it`, `my`, `no`, `qa`).
 */
const countries = new Set(
  "ae ap au br ca ch cl cn de dk es eu fi fr gb hk ie il in jp kr mx nl nz pl se sg tw uk us za".split(
    " ",
  ),
);

const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/**
 * Masks what varies in the labels of a normalized host to the left of `keep`, which it ends with: numbers `<n>`, hex
 * `<hex>`, random text `<random>`, cloud regions `<region>`, countries `<cc>`.
 *
 * `img3-eu.cdn.example.com`, kept `example.com`, becomes `img<n>-<cc>.cdn.example.com`.
 */
export function maskHost(host: string, keep: string): string {
  return maskedText(hostPieces(host, keep));
}

/** The pieces of a host; `keep` stays whole. */
export function hostPieces(host: string, keep: string): NamePiece[] {
  if (!host.endsWith(`.${keep}`)) return [{ text: host }];
  const labels = host.slice(0, -keep.length - 1).split(".");
  return [...labels.flatMap((label) => [...labelPieces(label), { text: "." }]), { text: keep }];
}

/** The pieces of one label. */
export function labelPieces(label: string): NamePiece[] {
  // The digits of escaped bytes and of punycode say nothing.
  if (label.includes("\\") || label.startsWith("xn--")) return [{ text: label }];
  if (uuid.test(label)) return [{ text: label, mask: "<hex>" }];
  return splitAtRegions(label).flatMap((text, index): NamePiece[] =>
    index % 2 === 1 ? [{ text, mask: "<region>" }] : text.split(/([-_]+)/).flatMap(wordPieces),
  );
}

/** A name with its varying pieces masked. */
export function maskedText(pieces: readonly NamePiece[]): string {
  return pieces.map(({ text, mask }) => mask ?? text).join("");
}

function wordPieces(text: string): NamePiece[] {
  if (text === "" || /^[-_]/.test(text)) return [{ text }];
  if (countries.has(text)) return [{ text, mask: "<cc>" }];
  if (isRegionWord(text)) return [{ text, mask: "<region>" }];
  if (/^\d+$/.test(text)) return [{ text, mask: "<n>" }];
  if (isHex(text)) return [{ text, mask: "<hex>" }];
  if (isMixed(text) || looksRandom(text)) return [{ text, mask: "<random>" }];
  return text
    .split(/(\d+)/)
    .map((part, index) => (index % 2 === 1 ? { text: part, mask: "<n>" } : { text: part }));
}

const digitsIn = (text: string) => text.replace(/\D+/g, "").length;

function isHex(text: string): boolean {
  return text.length >= 8 && /^[0-9a-f]+$/.test(text) && digitsIn(text) >= 2;
}

/** Letters and digits take turns. */
function isMixed(text: string): boolean {
  if (text.length < 8 || digitsIn(text) < 2) return false;
  return (text.match(/[a-z](?=\d)|\d(?=[a-z])/g) ?? []).length >= 3;
}
