/**
 * How far a name can be relied on to say where a call goes, the best first.
 *
 * - `certain`: a trusted resolver answered the calling process's own question with this address, and the answer is
 *   not out of date; or the machine's hosts file says so.
 * - `probable`: the same, but an ancestor asked, or the answer is out of date, or it came in another network namespace
 *   than the agent's, from a resolver that the operator lists. Or somebody else answered, and a trusted resolver told another process of the run the same. Or a
 *   local resolver service that no packet shows answered. Or it is the agent's own word.
 * - `doubtful`: somebody answered, whom the process may have chosen or may be itself; or it is what an address says of
 *   itself (PTR).
 * - `claimed`: the process says so, in its TLS hello or Host header.
 *
 * Only a name that is at least `probable` becomes the host of an endpoint.
 */
export type NameConfidence = "certain" | "probable" | "doubtful" | "claimed";

export const nameConfidences: readonly NameConfidence[] = [
  "certain",
  "probable",
  "doubtful",
  "claimed",
];

/** Whether a name may stand for where a call goes. */
export function isReliedOn({ confidence }: { confidence: NameConfidence }): boolean {
  return confidence === "certain" || confidence === "probable";
}

export function byConfidence(
  one: { confidence: NameConfidence },
  other: { confidence: NameConfidence },
): number {
  return nameConfidences.indexOf(one.confidence) - nameConfidences.indexOf(other.confidence);
}
