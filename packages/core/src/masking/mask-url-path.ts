import { mask, maskSecrets } from "./mask-secrets.js";

/** Masks the value of every query parameter, keeping the names, and token shapes in the path; drops the fragment. */
export function maskUrlPath(path: string): string {
  const [beforeFragment = ""] = path.split("#", 1);
  const queryAt = beforeFragment.indexOf("?");
  if (queryAt < 0) return maskSecrets(beforeFragment);
  const query = beforeFragment
    .slice(queryAt + 1)
    .split("&")
    .map((pair) => pair.replace(/=.*/s, `=${mask}`))
    // A query without names may be the secret itself.
    .map((pair) => (pair.includes("=") || pair.length <= 32 ? maskSecrets(pair) : mask))
    .join("&");
  return `${maskSecrets(beforeFragment.slice(0, queryAt))}?${query}`;
}
