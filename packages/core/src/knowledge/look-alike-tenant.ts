import {
  type ComparedNames,
  type LookAlike,
  likeLabel,
  likeWord,
  minLength,
} from "./look-alike/like-label.js";
import { nearTexts } from "./look-alike/near-texts.js";
import { skeletonOf } from "./look-alike/skeleton.js";
import { wellKnownOwners } from "./look-alike/well-known-names.js";

const maxLength = 63;

/** Owners of parts of a shared host, to be compared with many times. */
export interface OwnerNames extends ComparedNames {
  has(owner: string): boolean;
}

export function ownerNames(owners: Iterable<string>): OwnerNames {
  const all = new Set(owners);
  const skeletons = new Map(Array.from(all, (owner) => [skeletonOf(owner), owner]));
  return {
    has: (owner) => all.has(owner),
    find: (text) => (all.has(text) ? text : undefined),
    findAlike: (skeleton) => skeletons.get(skeleton),
    mayBeNear: nearTexts(all).mayBeNear,
  };
}

let wellKnown: OwnerNames | undefined;

/**
 * Tells whose name the owner of a part of a shared host looks like (`glthub` on a code host): of the owners that the
 * job knows there, and of those whose Actions and tools every build uses.
 */
export function lookAlikeTenantOf(tenant: string, known: OwnerNames): LookAlike | undefined {
  const label = tenant.slice(0, maxLength);
  wellKnown ??= ownerNames(wellKnownOwners);
  const { has, find, findAlike, mayBeNear } = wellKnown;
  if (known.has(label) || has(label)) return undefined;
  const names: ComparedNames = {
    find: (text) => known.find(text) ?? find(text),
    findAlike: (skeleton) => known.findAlike(skeleton) ?? findAlike(skeleton),
    mayBeNear: (text) => known.mayBeNear(text) || mayBeNear(text),
  };
  return likeLabel(label, minLength, names) ?? likeWord(label, names);
}
