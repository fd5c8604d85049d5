import { seenHosts } from "../baseline/called-hosts.js";
import type { Page } from "../contracts/page.js";
import type {
  BaselineQuery,
  Destination,
  DestinationCaller,
  DestinationQuery,
} from "../contracts/store/baseline-store.js";
import { searchTerm } from "../contracts/store/search-text.js";
import { type JobKey, parseJobKey, repositoryOfKey } from "../job/job.js";
import { inScope, type RepositoryScope } from "../job/repository-scope.js";
import type { MemoryState } from "./memory-state.js";
import { pageOf } from "./page-of.js";

export function memoryDestinations(
  { baselines }: MemoryState,
  { repositories: scope, search = "", ...page }: DestinationQuery,
): Page<Destination> {
  const found = new Map<string, Destination & { in: Set<string> }>();
  for (const [key, baseline] of baselines) {
    if (!isOf(scope, key)) continue;
    for (const [host, { since, isEvidence }] of seenHosts(baseline)) {
      if (!host.toLowerCase().includes(searchTerm(search))) continue;
      const known = found.get(host);
      const all = known?.in ?? new Set<string>();
      all.add(repositoryOfKey(key));
      found.set(host, {
        host,
        jobs: (known?.jobs ?? 0) + 1,
        repositories: all.size,
        since: Math.min(known?.since ?? since, since),
        unsure: (known?.unsure ?? 0) + (isEvidence ? 0 : 1),
        in: all,
      });
    }
  }
  const destinations = [...found.values()].map(({ in: _, ...destination }) => destination);
  return pageOf(destinations, ({ host }) => [0, host], page);
}

export function memoryCallersOf(
  { baselines }: MemoryState,
  host: string,
  { repositories: scope, ...page }: BaselineQuery,
): Page<DestinationCaller> {
  const callers: DestinationCaller[] = [];
  for (const [jobKey, baseline] of baselines) {
    const seen = isOf(scope, jobKey) ? seenHosts(baseline).get(host) : undefined;
    if (seen) callers.push({ jobKey, since: seen.since, isUnsure: !seen.isEvidence });
  }
  return pageOf(callers, ({ jobKey }) => [0, jobKey], page);
}

/** Whether a job is of one of these repositories. */
export function isOf(scope: RepositoryScope | undefined, key: JobKey): boolean {
  return scope === undefined || inScope(scope, parseJobKey(key)?.repository ?? "");
}
