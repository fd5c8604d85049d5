import type { ChainLink } from "../endpoint/endpoint-chain.js";
import type { GroupKey } from "./baseline.js";

/** The links of a chain above the endpoint, the root first. */
export const groupLinks = (chain: readonly ChainLink[]): readonly ChainLink[] => chain.slice(0, -1);

/** The group whose members take turns, so that only what they move together says anything: a family, a small network. */
export function trafficGroup(chain: readonly ChainLink[]): GroupKey | undefined {
  return chain.find(({ kind }) => kind === "family" || kind === "net24")?.key;
}
