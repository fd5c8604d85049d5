import { everyItem } from "../contracts/every-item.js";
import type { Store } from "../contracts/store.js";
import { type JobKey, parseJobKey, repositoryOfKey } from "../job/job.js";
import type { WatchedJob } from "../model/new-job-deviation.js";

/** A repository of more jobs than this is known well enough by so many of them. */
const maxJobs = 100;

/** The other jobs of a job's repository that have a baseline of at least so many runs. */
export async function watchedJobs(
  { baselines }: Pick<Store, "baselines">,
  jobKey: JobKey,
  leastRuns: number,
): Promise<WatchedJob[]> {
  const watched: WatchedJob[] = [];
  const repository = repositoryOfKey(jobKey);
  for await (const key of everyItem((query) => baselines.list(query))) {
    if (key === jobKey || repositoryOfKey(key) !== repository) continue;
    const job = parseJobKey(key);
    const baseline = job && (await baselines.get(key));
    if (!baseline || baseline.runs < leastRuns) continue;
    watched.push({ job, runs: baseline.runs });
    if (watched.length >= maxJobs) break;
  }
  return watched;
}
