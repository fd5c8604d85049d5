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
