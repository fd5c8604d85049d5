import { domainParts } from "../../endpoint/domain-name.js";
import { type NearTexts, nearTexts } from "./near-texts.js";
import { skeletonOf } from "./skeleton.js";

/** Names that others may imitate, to be asked many times. */
export interface ImitatedNames {
  /** Adds a host, by its registrable domain. */
  add(host: string): void;
  has(domain: string): boolean;
  /** The domain with this label; for a tenant's, only below the same suffix. */
  withLabel(label: string, tenantSuffix: string): string | undefined;
  withSkeleton(skeleton: string, tenantSuffix: string): string | undefined;
  /** Whether a label may be one edit away from one of these, below whatever suffix. */
  mayBeNear: NearTexts["mayBeNear"];
}

/** Names that nobody can register (RFC 6761, 6762 and 8375; ICANN's `internal`). */
const specialUse = /(?:^|\.)(?:internal|local|localhost|test|invalid|arpa)$/;

const maxLabelLength = 63;

/** Makes an index of the domains of hosts that a job knows; `otherNames` are names that domains have elsewhere. */
export function imitatedNames(
  hosts: Iterable<string>,
  otherNames: ReadonlyMap<string, string> = new Map(),
): ImitatedNames {
  const domains = new Set<string>();
  const labels = new Map<string, string>();
  const skeletons = new Map<string, string>();
  const near = nearTexts();
  const addName = (label: string, tenantSuffix: string, domain: string) => {
    const key = keyOf(label, tenantSuffix);
    if (!labels.has(key)) {
      labels.set(key, domain);
      near.add(label);
    }
    const skeleton = keyOf(skeletonOf(label), tenantSuffix);
    if (!skeletons.has(skeleton)) skeletons.set(skeleton, domain);
  };
  const index: ImitatedNames = {
    add(host) {
      const name = nameOf(host);
      if (name === undefined || domains.has(name.domain)) return;
      domains.add(name.domain);
      addName(name.label, name.tenantSuffix, name.domain);
    },
    has: (domain) => domains.has(domain),
    withLabel: (label, suffix) => labels.get(keyOf(label, suffix)),
    withSkeleton: (skeleton, suffix) => skeletons.get(keyOf(skeleton, suffix)),
    mayBeNear: near.mayBeNear,
  };
  for (const host of hosts) index.add(host);
  for (const [label, domain] of otherNames) addName(label, "", domain);
  return index;
}

/** A domain, by the part that imitators keep. */
export interface RegisteredName {
  domain: string;
  label: string;
  /** Empty for a domain that its owner registered. */
  tenantSuffix: string;
}

/** The registrable domain of a host; `undefined` for an address, and for what nobody can register. */
export function nameOf(host: string): RegisteredName | undefined {
  const { registrable, suffix = "", multiTenant } = domainParts(host);
  if (specialUse.test(suffix)) return undefined;
  if (registrable === undefined) return multiTenant ? sharedDomain(suffix) : undefined;
  const label = registrable.slice(0, registrable.length - suffix.length - 1);
  const tenantSuffix = multiTenant ? suffix : "";
  return { domain: registrable, label: label.slice(0, maxLabelLength), tenantSuffix };
}

/** A suffix of tenants is a domain that somebody registered, too: `githubusercontent.com`. */
function sharedDomain(suffix: string): RegisteredName | undefined {
  const [label = "", ...rest] = suffix.split(".");
  return rest.length === 1 ? { domain: suffix, label, tenantSuffix: "" } : undefined;
}

const keyOf = (label: string, tenantSuffix: string) => `${label}.${tenantSuffix}`;
