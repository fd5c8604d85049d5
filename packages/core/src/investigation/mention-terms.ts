import type { Call } from "../run/call.js";

/** What to look for where people write of a call: its host, its address, and the paths that were asked for. */
export interface MentionTerms {
  /** Which of them a text holds; case does not matter. */
  in(text: string): string[];
  /** Host and address: what a source would name. */
  readonly places: readonly string[];
}

/** `/api` stands in every log. */
const shortestPath = 6;
const maxTerms = 16;

export function mentionTerms({ endpoint, ip, http }: Call): MentionTerms {
  const places = [endpoint.host, ...(ip === undefined || ip === endpoint.host ? [] : [ip])];
  const paths = http
    .map(({ path }) => path.split(/[?#]/, 1)[0] ?? "")
    .filter((path) => path.length >= shortestPath && !path.includes("***"));
  const terms = [...new Set([...places, ...paths])].slice(0, maxTerms);
  const wanted = terms.map((term) => [term, term.toLowerCase()] as const);
  return {
    places,
    in(text) {
      const searched = text.toLowerCase();
      return wanted.filter(([, term]) => holds(searched, term)).map(([term]) => term);
    },
  };
}

/** Not as a part of a longer name or number: `10.0.0.1` is not mentioned by `110.0.0.12`. */
function holds(text: string, term: string): boolean {
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    const before = text[at - 1] ?? " ";
    const after = text[at + term.length] ?? " ";
    // A path stands behind its host.
    const isWhole = (term.startsWith("/") || !/[a-z0-9-]/.test(before)) && !/[a-z0-9-]/.test(after);
    if (isWhole && !(after === "." && /[a-z0-9]/.test(text[at + term.length + 1] ?? " "))) {
      return true;
    }
  }
  return false;
}
