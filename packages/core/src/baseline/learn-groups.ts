import type { BaselineGroup, GroupKey } from "./baseline.js";
import { groupLinks, trafficGroup } from "./chain-groups.js";
import { countEach } from "./counts.js";
import { type IsCurrent, keptGroups } from "./forget-old.js";
import { maxHabits } from "./learn-habits.js";
import { learnTraffic } from "./learn-traffic.js";
import type { EndpointSighting } from "./run-sightings.js";
import { addMoved, type RunTraffic } from "./traffic.js";

/** What one run shows of one group. */
interface GroupSighting {
  parent: GroupKey | undefined;
  programs: Set<string>;
  lineages: Set<string>;
  ports: Set<string>;
  traffic: Map<string, RunTraffic>;
}

/** The groups after one more run: each run counts once for a group, however many of its endpoints it called. */
export function learnGroups(
  before: Readonly<Record<GroupKey, BaselineGroup>>,
  evidence: readonly EndpointSighting[],
  { run, weight, isCurrent }: { run: number; weight: number; isCurrent: IsCurrent },
): Record<GroupKey, BaselineGroup> {
  const changed = new Map<GroupKey, BaselineGroup>();
  for (const [key, seen] of groupSightings(evidence)) {
    const known = before[key];
    const traffic = learnTraffic(known?.traffic, seen.traffic, weight);
    changed.set(key, {
      ...(seen.parent === undefined ? {} : { parent: seen.parent }),
      firstRun: known?.firstRun ?? run,
      lastRun: run,
      runs: (known?.runs ?? 0) + weight,
      programs: countEach(known?.programs, seen.programs, maxHabits, weight),
      lineages: countEach(known?.lineages, seen.lineages, maxHabits, weight),
      ports: countEach(known?.ports, seen.ports, maxHabits, weight),
      ...(traffic === undefined ? {} : { traffic }),
    });
  }
  return keptGroups(before, changed, isCurrent);
}

function groupSightings(evidence: readonly EndpointSighting[]): Map<GroupKey, GroupSighting> {
  const groups = new Map<GroupKey, GroupSighting>();
  for (const sighting of evidence) {
    const sharing = trafficGroup(sighting.chain);
    let parent: GroupKey | undefined;
    for (const { key } of groupLinks(sighting.chain)) {
      const group = groups.get(key) ?? newSighting(parent);
      groups.set(key, group);
      for (const program of sighting.programs) group.programs.add(program);
      for (const lineage of sighting.lineages) group.lineages.add(lineage);
      group.ports.add(String(sighting.port));
      if (key === sharing) {
        for (const [program, amounts] of sighting.traffic) {
          addMoved(group.traffic, program, amounts);
        }
      }
      parent = key;
    }
  }
  return groups;
}

const newSighting = (parent: GroupKey | undefined): GroupSighting => ({
  parent,
  programs: new Set(),
  lineages: new Set(),
  ports: new Set(),
  traffic: new Map(),
});
