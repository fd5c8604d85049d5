import { domainParts } from "../endpoint/domain-name.js";
import { hostOfKey } from "../endpoint/endpoint.js";
import type { Baseline } from "./baseline.js";

/** The hosts of a baseline, to be asked many times. */
export interface KnownHosts {
  /** On whatever port. */
  hasHost(host: string): boolean;
  /** Whether it holds any host of what one owner registered; see {@link domainParts}. */
  hasDomain(registrable: string): boolean;
  readonly endpoints: number;
}

const made = new WeakMap<Baseline, KnownHosts>();

/** Makes the index once for each baseline object: a job can know 50,000 endpoints and call as many new ones. */
export function knownHosts(baseline: Baseline | undefined): KnownHosts {
  if (baseline === undefined) return noHosts;
  const known = made.get(baseline) ?? indexHosts(baseline);
  made.set(baseline, known);
  return known;
}

const noHosts: KnownHosts = { hasHost: () => false, hasDomain: () => false, endpoints: 0 };

function indexHosts(baseline: Baseline): KnownHosts {
  const keys = Object.keys(baseline.endpoints);
  const hosts = new Set(keys.map(hostOfKey));
  const domains = new Set(Array.from(hosts, (host) => domainParts(host).registrable));
  return {
    hasHost: (host) => hosts.has(host),
    hasDomain: (registrable) => domains.has(registrable),
    endpoints: keys.length,
  };
}
