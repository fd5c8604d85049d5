import { ownerDomain } from "../endpoint/domain-name.js";
import { hostOfKey } from "../endpoint/endpoint.js";
import type { Baseline, BaselineEndpoint } from "./baseline.js";

/** Once could be anything, also an attack. */
const evidenceRuns = 2;

/**
 * The hosts that a job is known to call, and since when, epoch milliseconds: what other jobs may rest on.
 *
 * Only what two runs called counts, and of what was told only what a person reviewed. So no single run, however
 * hostile, makes a host look normal anywhere else.
 */
export function calledHosts(baseline: Baseline | undefined): Map<string, number> {
  const hosts = new Map<string, number>();
  for (const [key, endpoint] of Object.entries(baseline?.endpoints ?? {})) {
    if (isEvidence(endpoint)) noteEarliest(hosts, hostOfKey(key), endpoint.firstSeenAt);
  }
  return hosts;
}

/** A host that a baseline holds. */
export interface SeenHost {
  /** When it was called first, epoch milliseconds. */
  since: number;
  /** Whether other jobs may rest on it: see {@link calledHosts}. */
  isEvidence: boolean;
}

/** All hosts that a baseline holds, also those that count as no evidence yet. */
export function seenHosts(baseline: Baseline | undefined): Map<string, SeenHost> {
  const evidence = calledHosts(baseline);
  const earliest = new Map<string, number>();
  for (const [key, { firstSeenAt }] of Object.entries(baseline?.endpoints ?? {})) {
    noteEarliest(earliest, hostOfKey(key), firstSeenAt);
  }
  const seen = new Map<string, SeenHost>();
  for (const [host, first] of earliest) {
    const since = evidence.get(host);
    seen.set(host, { since: since ?? first, isEvidence: since !== undefined });
  }
  return seen;
}

/** The domains that the hosts of {@link calledHosts} belong to, and since when one of them is called. */
export function calledDomains(hosts: ReadonlyMap<string, number>): Map<string, number> {
  const domains = new Map<string, number>();
  for (const [host, since] of hosts) {
    const domain = ownerDomain(host);
    if (domain !== undefined) noteEarliest(domains, domain, since);
  }
  return domains;
}

function isEvidence({ runs, unreviewed }: BaselineEndpoint): boolean {
  return runs >= evidenceRuns && unreviewed !== true;
}

function noteEarliest(times: Map<string, number>, place: string, time: number): void {
  const known = times.get(place);
  if (known === undefined || time < known) times.set(place, time);
}
