import { addressClass, normalizeAddress } from "../endpoint/address.js";
import { ownerDomain } from "../endpoint/domain-name.js";
import { repositoryOfKey } from "../job/job.js";
import type { Baseline } from "./baseline.js";
import { calledHosts } from "./called-hosts.js";

/**
 * What a fleet calls, to be shared with stores that do not hold its baselines. Plain JSON.
 *
 * It names no repository, and nothing that only one repository calls.
 */
export interface FleetPrior {
  /** Of this format. */
  version: 1;
  /** Epoch milliseconds. */
  madeAt: number;
  /** How many repositories it was made of. */
  repositories: number;
  hosts: Record<string, PriorCallers>;
  /** By what one owner registered; see {@link ownerDomain}. */
  domains: Record<string, PriorCallers>;
}

export interface PriorCallers {
  /** At least two. */
  repositories: number;
  /** When the first of them called it, epoch milliseconds. */
  since: number;
}

/** Of hosts, and of domains: the most called are kept. */
export const maxPriorPlaces = 20_000;

/** Places of one kind that are counted at a time. */
const maxCountedPlaces = 100_000;

/**
 * Makes the prior of a fleet from its baselines, by what {@link calledHosts} counts.
 *
 * Private addresses and the names of a machine's own network are left out: they are other places elsewhere. Of more than
 * 100,000 different hosts, those that few repositories called so far are counted anew.
 */
export async function fleetPrior(
  baselines: AsyncIterable<Baseline> | Iterable<Baseline>,
  madeAt: number,
): Promise<FleetPrior> {
  const repositories = new Map<string, number>();
  const hosts: CountedPlaces = new Map();
  const domains: CountedPlaces = new Map();
  for await (const baseline of baselines) {
    const key = repositoryOfKey(baseline.jobKey);
    const repository = repositories.get(key) ?? repositories.size;
    repositories.set(key, repository);
    for (const [host, since] of calledHosts(baseline)) {
      if (!isSamePlaceElsewhere(host)) continue;
      count(hosts, host, repository, since);
      const domain = ownerDomain(host);
      if (domain !== undefined) count(domains, domain, repository, since);
    }
    makeRoom(hosts);
    makeRoom(domains);
  }
  return {
    version: 1,
    madeAt,
    repositories: repositories.size,
    hosts: mostCalled(hosts),
    domains: mostCalled(domains),
  };
}

type CountedPlaces = Map<string, { repositories: Set<number>; since: number }>;

/** RFC 6761, 6762 and 8375; `internal` by ICANN's resolution of 29 July 2024. */
const localName = /(?:^|\.)(?:localhost|local|internal|test|invalid|home\.arpa)$/;

/** Quicker to ask than whether it is one. */
const maybeAddress = /:|^[\d.]+$/;

function isSamePlaceElsewhere(host: string): boolean {
  if (maybeAddress.test(host) && normalizeAddress(host) !== undefined) {
    return addressClass(host) === "public";
  }
  return host.includes(".") && !localName.test(host);
}

function count(places: CountedPlaces, place: string, repository: number, since: number): void {
  const counted = places.get(place) ?? { repositories: new Set(), since };
  counted.repositories.add(repository);
  counted.since = Math.min(counted.since, since);
  places.set(place, counted);
}

/**
 * As in lossy counting, what was met least is dropped: what many call stands, whatever a single job calls.
 *
 * See G. S. Manku and R. Motwani, "Approximate Frequency Counts over Data Streams", VLDB 2002.
 */
function makeRoom(places: CountedPlaces): void {
  if (places.size <= maxCountedPlaces) return;
  for (let least = 1; places.size > maxCountedPlaces / 2; least += 1) {
    for (const [place, { repositories }] of places) {
      if (repositories.size <= least) places.delete(place);
    }
  }
}

/** In the order of their names, so that the same fleet makes the same file. */
function mostCalled(places: CountedPlaces): Record<string, PriorCallers> {
  const kept = Array.from(places, ([place, { repositories, since }]) => ({
    place,
    callers: { repositories: repositories.size, since: Math.floor(since) },
  }))
    .filter(({ callers }) => callers.repositories >= 2)
    .sort((a, b) => b.callers.repositories - a.callers.repositories || (a.place < b.place ? -1 : 1))
    .slice(0, maxPriorPlaces)
    .sort((a, b) => (a.place < b.place ? -1 : 1));
  return Object.fromEntries(kept.map(({ place, callers }) => [place, callers]));
}
