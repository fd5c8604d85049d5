import type { Callers, FleetSightings } from "../baseline/fleet-sightings.js";
import { log2 } from "../math/log2.js";
import type { ScorePart } from "./assessment.js";
import { scorePart } from "./score.js";

const sameRepositoryBits = -3;
const otherRepositoryBits = -2;
const leastBits = -4;
/** A host of which only the domain is known elsewhere. */
const domainShare = 0.5;

/** Who else in the user's own fleet calls the place; nobody says nothing. */
export function fleetPart(fleet: FleetSightings | undefined, host: string): ScorePart | undefined {
  if (fleet === undefined) return undefined;
  const byHost = callersBits(fleet.host);
  if (byHost < 0) {
    return scorePart(
      "fleet",
      "known-to-fleet",
      byHost,
      `${host} is called by ${callersText(fleet.host)}.`,
    );
  }
  const byDomain = callersBits(fleet.domain) * domainShare;
  if (byDomain === 0) return undefined;
  const text = `Other hosts of its domain are called by ${callersText(fleet.domain)}.`;
  return scorePart("fleet", "domain-known-to-fleet", byDomain, text);
}

function callersBits({ jobs, repositories }: Callers): number {
  const byJobs = jobs > 0 ? sameRepositoryBits : 0;
  const byRepositories = repositories > 0 ? otherRepositoryBits - log2(repositories) / 2 : 0;
  return Math.max(leastBits, byJobs + byRepositories);
}

function callersText({ jobs, repositories, since }: Callers): string {
  const who = [
    ...(jobs > 0 ? [`${jobs} other ${jobs === 1 ? "job" : "jobs"} of this repository`] : []),
    ...(repositories > 0
      ? [`${repositories} other ${repositories === 1 ? "repository" : "repositories"}`]
      : []),
  ].join(" and ");
  return since === undefined ? who : `${who}, since ${new Date(since).toISOString().slice(0, 10)}`;
}
