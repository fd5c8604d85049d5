import { z } from "zod";
import { firstProblem } from "../events/parse-events.js";
import { StraycallError } from "../straycall-error.js";
import { type FleetPrior, maxPriorPlaces, type PriorCallers } from "./fleet-prior.js";
import type { Callers, FleetSightings } from "./fleet-sightings.js";

/** The last moment that a JavaScript date can tell. */
const time = z.int().min(0).max(8.64e15);

const placesSchema = z
  .record(
    z.string().regex(/^[a-z0-9_.:\\-]{1,1024}$/, "is not a host"),
    z.object({ repositories: z.int().min(2), since: time }),
  )
  .refine(
    (places) => Object.keys(places).length <= maxPriorPlaces,
    `holds more than ${maxPriorPlaces} places`,
  );

const fleetPriorSchema = z.object({
  version: z.literal(1),
  madeAt: time,
  repositories: z.int().min(0),
  hosts: placesSchema,
  domains: placesSchema,
});

/**
 * Checks a prior that was read from a file.
 *
 * @param option where it is set, for the error's field: `baseline.prior`
 * @throws StraycallError CONFIG_INVALID naming the field
 */
export function parseFleetPrior(json: unknown, option?: string): FleetPrior {
  const parsed = fleetPriorSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const { field: part, message } = firstProblem(parsed.error);
  const field = [option, part].filter(Boolean).join(".");
  throw new StraycallError("CONFIG_INVALID", `fleet prior: ${part || "it"}: ${message}`, { field });
}

/**
 * Adds to who calls a host, and hosts of its domain, who does by the prior.
 *
 * The prior may be made of repositories that the store holds, so the larger number stands: nobody counts twice. One of
 * those that the prior counts may be the repository that asks.
 */
export function withPrior(
  sightings: FleetSightings,
  prior: FleetPrior,
  host: string,
  domain: string | undefined,
): FleetSightings {
  return {
    host: withCallers(sightings.host, callersOf(prior.hosts, host)),
    domain: withCallers(
      sightings.domain,
      domain === undefined ? undefined : callersOf(prior.domains, domain),
    ),
  };
}

/** Names come from attackers: `constructor` is no host of the file. */
function callersOf(places: Record<string, PriorCallers>, place: string): PriorCallers | undefined {
  return Object.hasOwn(places, place) ? places[place] : undefined;
}

function withCallers(known: Callers, more: PriorCallers | undefined): Callers {
  if (more === undefined) return known;
  return {
    jobs: known.jobs,
    repositories: Math.max(known.repositories, more.repositories),
    since: Math.min(known.since ?? more.since, more.since),
  };
}
