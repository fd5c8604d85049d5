/**
 * Whether a text is what a pattern says, in which `*` stands for any characters, none too. Case does not matter.
 *
 * Takes time in proportion to the text for each `*`: no pattern makes it slow.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  const [first = "", ...rest] = pattern.toLowerCase().split("*");
  const subject = text.toLowerCase();
  const last = rest.pop();
  if (last === undefined) return subject === first;
  if (!subject.startsWith(first)) return false;
  let at = first.length;
  // Each part as early as it can be leaves the most for those after it.
  for (const part of rest) {
    const found = subject.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return subject.length - last.length >= at && subject.endsWith(last);
}
