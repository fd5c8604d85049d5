const minLength = 8;

/**
 * Whether a lower-case label, or a word of one, was drawn rather than thought of: it cannot be said aloud.
 *
 * Six consonants and digits in a row, or digits among hardly any vowels; `false` for anything under 8 characters.
 */
export function looksRandom(label: string): boolean {
  if (label.length < minLength) return false;
  if (/[bcdfghjklmnpqrstvwxz\d]{6}/.test(label)) return true;
  const vowels = label.replace(/[^aeiouy]+/g, "").length;
  return label.length >= 10 && /\d/.test(label) && vowels < label.length / 5;
}
