import type { ScorePart } from "./assessment.js";
import type { Observation, ObservedRequest } from "./observation.js";
import { scorePart } from "./score.js";

const writingBits = 1.5;
const readingBits = -0.75;

/** Whether what a call asked of a new endpoint sends something or only fetches. */
export function requestPart({ requests }: Observation): ScorePart | undefined {
  const writing = requests.find(isWriting);
  if (writing) {
    const text = `It sends something: ${writing.method} ${writing.route}.`;
    return scorePart("request", "writing", writingBits, text);
  }
  const [reading] = requests;
  if (reading === undefined) return undefined;
  const text = `It fetches something: ${reading.method} ${reading.route}.`;
  return scorePart("request", "reading", readingBits, text);
}

/** Methods that RFC 9110, section 9.2.1, does not call safe. */
export function isWriting({ method }: ObservedRequest): boolean {
  return !["GET", "HEAD", "OPTIONS", "TRACE"].includes(method);
}
