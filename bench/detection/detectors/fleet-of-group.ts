import {
  type Baseline,
  type Callers,
  calledDomains,
  calledHosts,
  type FleetSightings,
  ownerDomain,
} from "@straycall/core";
import type { JobTimeline } from "../data/job-timeline.js";
import { timelineName } from "./detector.js";

/** What the other jobs of one owner group call, by their baselines, as a store of theirs would tell it. */
export interface FleetOfGroup {
  learned(timeline: JobTimeline, baseline: Baseline): void;
  callers(timeline: JobTimeline, host: string): FleetSightings;
}

interface Member {
  repository: string;
  baseline: Baseline;
}

export function fleetOfGroup(): FleetOfGroup {
  const members = new Map<string, Member>();
  const hostsOf = new WeakMap<Baseline, Map<string, number>>();
  const domainsOf = new WeakMap<Baseline, Map<string, number>>();
  const hosts = (baseline: Baseline) => once(hostsOf, baseline, calledHosts);
  const domains = (baseline: Baseline) =>
    once(domainsOf, baseline, (of) => calledDomains(hosts(of)));

  return {
    learned(timeline, baseline) {
      members.set(timelineName(timeline), { repository: timeline.repository, baseline });
    },
    callers(timeline, host) {
      const own = timelineName(timeline);
      const others = [...members].filter(([name]) => name !== own).map(([, member]) => member);
      const domain = ownerDomain(host);
      const { repository } = timeline;
      return {
        host: callersOf(others, repository, ({ baseline }) => hosts(baseline).get(host)),
        domain: callersOf(others, repository, ({ baseline }) =>
          domain === undefined ? undefined : domains(baseline).get(domain),
        ),
      };
    },
  };
}

function once<Value>(
  made: WeakMap<Baseline, Value>,
  baseline: Baseline,
  make: (baseline: Baseline) => Value,
): Value {
  const value = made.get(baseline) ?? make(baseline);
  made.set(baseline, value);
  return value;
}

function callersOf(
  others: readonly Member[],
  repository: string,
  sinceOf: (member: Member) => number | undefined,
): Callers {
  let jobs = 0;
  const repositories = new Set<string>();
  let first = Number.POSITIVE_INFINITY;
  for (const member of others) {
    const since = sinceOf(member);
    if (since === undefined) continue;
    first = Math.min(first, since);
    if (member.repository === repository) jobs += 1;
    else repositories.add(member.repository);
  }
  const since = jobs + repositories.size > 0 ? { since: first } : {};
  return { jobs, repositories: repositories.size, ...since };
}
