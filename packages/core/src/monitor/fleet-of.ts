import type { FleetPrior } from "../baseline/fleet-prior.js";
import type { FleetSightings } from "../baseline/fleet-sightings.js";
import { withPrior } from "../baseline/use-fleet-prior.js";
import type { Store } from "../contracts/store.js";
import { ownerDomain } from "../endpoint/domain-name.js";
import type { JobKey } from "../job/job.js";

/**
 * Who else in the store calls a host, and who does by the prior. Of strangers below a shared suffix one says nothing of
 * another.
 */
export async function fleetOf(
  store: Store,
  prior: FleetPrior | undefined,
  jobKey: JobKey,
  host: string,
): Promise<FleetSightings> {
  const domain = ownerDomain(host);
  const query = { jobKey, host, ...(domain === undefined ? {} : { domain }) };
  const sightings = await store.baselines.callers(query);
  return prior === undefined ? sightings : withPrior(sightings, prior, host, domain);
}
