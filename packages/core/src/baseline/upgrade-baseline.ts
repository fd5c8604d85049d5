import { addressClass } from "../endpoint/address.js";
import { hostOfKey, portOfKey } from "../endpoint/endpoint.js";
import { endpointChain } from "../endpoint/endpoint-chain.js";
import type { Baseline, BaselineEndpoint, BaselineGroup, GroupKey } from "./baseline.js";
import { groupLinks } from "./chain-groups.js";

/** The format before groups and habits: endpoints only. */
type FirstBaseline = Omit<Baseline, "version" | "groups" | "habits" | "families"> & { version: 1 };

/**
 * Reads a stored baseline of any version so far.
 *
 * In the first one nothing but endpoints was kept: a group is taken to have been called in as many runs as the endpoint
 * of most runs below it, and habits are learned from now on.
 */
export function upgradeBaseline(stored: Baseline | FirstBaseline): Baseline {
  if (stored.version === 2) return stored;
  const groups = new Map<GroupKey, BaselineGroup>();
  const endpoints: [string, BaselineEndpoint][] = [];
  for (const [key, endpoint] of Object.entries(stored.endpoints)) {
    const host = hostOfKey(key);
    const links = groupLinks(endpointChain({ host, port: portOfKey(key) }, addressClass(host)));
    links.forEach((link, depth) => {
      groups.set(link.key, widened(groups.get(link.key), links[depth - 1]?.key, endpoint));
    });
    const group = links.at(-1)?.key;
    endpoints.push([key, group === undefined ? endpoint : { ...endpoint, group }]);
  }
  return {
    ...stored,
    version: 2,
    endpoints: Object.fromEntries(endpoints),
    groups: Object.fromEntries(groups),
    habits: { programs: {}, lineages: {}, steps: {}, ports: {}, surprises: {} },
  };
}

function widened(
  before: BaselineGroup | undefined,
  parent: GroupKey | undefined,
  { firstRun, lastRun, runs }: BaselineEndpoint,
): BaselineGroup {
  return {
    ...(parent === undefined ? {} : { parent }),
    firstRun: Math.min(before?.firstRun ?? firstRun, firstRun),
    lastRun: Math.max(before?.lastRun ?? lastRun, lastRun),
    runs: Math.max(before?.runs ?? 0, runs),
    programs: {},
    lineages: {},
    ports: {},
  };
}
