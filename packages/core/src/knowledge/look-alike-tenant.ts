import { type LookAlike, likeLabel, likeWord, minLength } from "./look-alike/like-label.js";
import { skeletonOf } from "./look-alike/skeleton.js";
import { wellKnownOwners } from "./look-alike/well-known-names.js";

const maxLength = 63;

let ownersBySkeleton: ReadonlyMap<string, string> | undefined;

/**
 * Tells whose name the owner of a part of a shared host looks like (`glthub` on a code host): of the owners that the
 * job knows there, and of those whose Actions and tools every build uses.
 */
export function lookAlikeTenantOf(
  tenant: string,
  known: ReadonlySet<string>,
): LookAlike | undefined {
  const label = tenant.slice(0, maxLength);
  if (known.has(label) || wellKnownOwners.has(label)) return undefined;
  ownersBySkeleton ??= bySkeleton(wellKnownOwners);
  const wellKnownAlike = ownersBySkeleton;
  const knownAlike = bySkeleton(known);
  const find = (text: string) => (known.has(text) || wellKnownOwners.has(text) ? text : undefined);
  const findAlike = (skeleton: string) => knownAlike.get(skeleton) ?? wellKnownAlike.get(skeleton);
  const names = { find, findAlike };
  return likeLabel(label, minLength, names) ?? likeWord(label, names);
}

function bySkeleton(owners: Iterable<string>): Map<string, string> {
  return new Map(Array.from(owners, (owner) => [skeletonOf(owner), owner]));
}
