import type { Likeness, LookAlike } from "./like-label.js";

const texts: Record<Likeness, (of: string) => string> = {
  "one-edit": (of) => `It is one letter from ${of}.`,
  "same-look": (of) => `It looks the same as ${of} at a glance.`,
  "other-suffix": (of) => `It has the name of ${of}, but not its domain.`,
  "name-and-words": (of) =>
    `It puts words beside the name of ${of}, and is not listed as its owner's.`,
  "name-inside": (of) => `It contains the name of ${of}, and is not listed as its owner's.`,
  "name-in-front": (of) => `It puts ${of} in front of another's domain.`,
};

/** What a name imitates and how, in a sentence about that name. */
export function lookAlikeText({ of, how }: LookAlike): string {
  return texts[how](of);
}
