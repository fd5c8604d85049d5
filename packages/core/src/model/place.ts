import type { Baseline, BaselineGroup, GroupKey } from "../baseline/baseline.js";
import { type BaselineIndex, habitRuns } from "../baseline/baseline-index.js";
import { isEstablished } from "../baseline/families.js";
import { domainParts } from "../endpoint/domain-name.js";
import {
  type ChainLink,
  endpointChain,
  familyNumber,
  familyPatternOf,
} from "../endpoint/endpoint-chain.js";
import { buildServiceOf } from "../knowledge/build-services.js";
import { type DualUse, dualUseOf } from "../knowledge/dual-use.js";
import type { Observation } from "./observation.js";

/** Where a call goes that the baseline does not hold: the kind of place, and the deepest group that the job knows. */
export interface Place {
  chain: readonly ChainLink[];
  /** Unset if the job never called anything of the kind. */
  group?: { key: GroupKey; kind: ChainLink["kind"]; runs: number };
  isAddress: boolean;
  /** What the owner registered; unset for addresses and bare suffixes. */
  domain?: string;
  suffix?: string;
  multiTenant: boolean;
  dualUse?: DualUse;
  /** What the world's builds call it for. */
  service?: string;
  /** Of which it is a member, learned or approved. */
  family?: Family;
}

/** A learned family and what was seen of it. */
export interface Family {
  pattern: string;
  members: number;
  runs: number;
  approved: boolean;
  /** Its number is far from those seen. */
  isOutOfRange: boolean;
}

export function placeOf({ endpoint, addressClass }: Observation, index: BaselineIndex): Place {
  const chain = endpointChain(endpoint, addressClass);
  const { host } = endpoint;
  const isAddress = chain[0]?.kind === "addresses";
  const group = deepestKnown(chain, index.baseline);
  const family = familyOf(chain, host, index);
  if (isAddress) return { chain, ...set({ group }), isAddress, multiTenant: false };
  const { registrable, suffix, multiTenant } = domainParts(host);
  return {
    chain,
    isAddress,
    multiTenant,
    ...set({
      group,
      family,
      suffix,
      domain: registrable,
      dualUse: dualUseOf(host),
      service: buildServiceOf(host)?.name,
    }),
  };
}

/** The group closest to the endpoint that two runs showed. */
function deepestKnown(chain: readonly ChainLink[], baseline: Baseline | undefined): Place["group"] {
  const known = chain.flatMap(({ key, kind }) => {
    const group = groupOf(baseline, key);
    return group !== undefined && group.runs >= habitRuns ? [{ key, kind, runs: group.runs }] : [];
  });
  return known.at(-1);
}

function groupOf(baseline: Baseline | undefined, key: GroupKey): BaselineGroup | undefined {
  return baseline !== undefined && Object.hasOwn(baseline.groups, key)
    ? baseline.groups[key]
    : undefined;
}

function familyOf(
  chain: readonly ChainLink[],
  host: string,
  index: BaselineIndex,
): Family | undefined {
  const key = chain.find(({ kind }) => kind === "family")?.key;
  const pattern = key && familyPatternOf(key);
  if (key === undefined || pattern === undefined) return undefined;
  const decision = index.baseline?.families?.[pattern];
  const children = index.children(key);
  if (!isEstablished(decision, children?.firstRuns ?? 0)) return undefined;
  const approved = decision === "approved";
  return {
    pattern,
    members: children?.keys.length ?? 0,
    runs: groupOf(index.baseline, key)?.runs ?? 0,
    approved,
    isOutOfRange: !approved && isFar(familyNumber(host), children?.numbers),
  };
}

/**
 * Whether a number lies far from those seen: by more than a quarter of their spread, and more than two.
 *
 * Whoever registers the next free number of somebody's family must not become a member.
 */
function isFar(number: number | undefined, seen: { least: number; most: number } | undefined) {
  if (number === undefined || seen === undefined) return false;
  const room = Math.max(2, (seen.most - seen.least) / 4);
  return number > seen.most + room || number < seen.least - room;
}

/** Leaves out what is not set. */
function set<T extends object>(fields: T): { [Field in keyof T]?: Exclude<T[Field], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Field in keyof T]?: Exclude<T[Field], undefined>;
  };
}
