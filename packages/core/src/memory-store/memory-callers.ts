import type { Baseline } from "../baseline/baseline.js";
import { calledDomains, calledHosts } from "../baseline/called-hosts.js";
import type { Callers, FleetSightings } from "../baseline/fleet-sightings.js";
import type { CallersQuery } from "../contracts/store/baseline-store.js";
import { type JobKey, repositoryOfKey } from "../job/job.js";
import type { MemoryState } from "./memory-state.js";

export function memoryCallers(
  { baselines }: MemoryState,
  { jobKey, host, domain }: CallersQuery,
): FleetSightings {
  const others = [...baselines].filter(([key]) => key !== jobKey);
  const callers = (since: (places: CalledPlaces) => number | undefined) =>
    countCallers(
      repositoryOfKey(jobKey),
      others.map(([key, baseline]) => [key, since(calledPlaces(baseline))]),
    );
  return {
    host: callers(({ hosts }) => hosts.get(host)),
    domain: callers(({ domains }) => (domain === undefined ? undefined : domains.get(domain))),
  };
}

interface CalledPlaces {
  hosts: ReadonlyMap<string, number>;
  domains: ReadonlyMap<string, number>;
}

const made = new WeakMap<Baseline, CalledPlaces>();

/** Once for each stored baseline, which never changes in place. */
function calledPlaces(baseline: Baseline): CalledPlaces {
  const known = made.get(baseline);
  if (known) return known;
  const hosts = calledHosts(baseline);
  const places = { hosts, domains: calledDomains(hosts) };
  made.set(baseline, places);
  return places;
}

/** Counts those who call since some time. */
function countCallers(
  ownRepository: string,
  jobs: readonly (readonly [JobKey, number | undefined])[],
): Callers {
  const repositories = new Set<string>();
  const callers: Callers = { jobs: 0, repositories: 0 };
  for (const [key, since] of jobs) {
    if (since === undefined) continue;
    const repository = repositoryOfKey(key);
    if (repository === ownRepository) callers.jobs += 1;
    else repositories.add(repository);
    callers.since = Math.min(callers.since ?? since, since);
  }
  return { ...callers, repositories: repositories.size };
}
