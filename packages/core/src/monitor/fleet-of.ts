import type { FleetSightings } from "../baseline/fleet-sightings.js";
import type { Store } from "../contracts/store.js";
import { ownerDomain } from "../endpoint/domain-name.js";
import type { JobKey } from "../job/job.js";

/** Who else in the store calls a host. Of strangers below a shared suffix one says nothing of another. */
export function fleetOf(store: Store, jobKey: JobKey, host: string): Promise<FleetSightings> {
  const domain = ownerDomain(host);
  return store.baselines.callers({ jobKey, host, ...(domain === undefined ? {} : { domain }) });
}
