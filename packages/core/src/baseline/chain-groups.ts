import type { ChainLink } from "../endpoint/endpoint-chain.js";
import type { GroupKey } from "./baseline.js";

/** The links of a chain above the endpoint, the root first. */
export const groupLinks = (chain: readonly ChainLink[]): readonly ChainLink[] => chain.slice(0, -1);

/**
 * The closest place of a chain that is one owner's: a family, a domain, a tenant, a small network. What is told of one
 * endpoint there is told of the place.
 */
export function ownersPlace(chain: readonly ChainLink[]): GroupKey | undefined {
  const closest = groupLinks(chain).at(-1);
  return closest && ["family", "domain", "net24"].includes(closest.kind) ? closest.key : undefined;
}

/** The place whose traffic an endpoint's calls belong to: the endpoint, or the group whose members take turns. */
export function trafficPlaceOf(chain: readonly ChainLink[]): string {
  return trafficGroup(chain) ?? chain.at(-1)?.key ?? "";
}

/** The group whose members take turns, so that only what they move together says anything: a family, a small network. */
export function trafficGroup(chain: readonly ChainLink[]): GroupKey | undefined {
  return chain.find(({ kind }) => kind === "family" || kind === "net24")?.key;
}
