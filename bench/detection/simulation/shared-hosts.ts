import type { JobTimeline } from "../data/job-timeline.js";

/** Of the owner groups: a host that fewer list is somebody's own. */
const leastShare = 0.15;
const leastGroups = 3;

/** Hosts that many owner groups list: what they serve belongs to many, and paths say to whom. */
export function sharedHosts(timelines: readonly JobTimeline[]): Set<string> {
  const groupsOfHost = new Map<string, Set<string>>();
  for (const { group, stages } of timelines) {
    for (const { host } of stages.flatMap(({ endpoints }) => endpoints)) {
      groupsOfHost.set(host, (groupsOfHost.get(host) ?? new Set()).add(group));
    }
  }
  const all = new Set(timelines.map(({ group }) => group)).size;
  const least = Math.max(leastGroups, all * leastShare);
  return new Set([...groupsOfHost].filter(([, of]) => of.size >= least).map(([host]) => host));
}
