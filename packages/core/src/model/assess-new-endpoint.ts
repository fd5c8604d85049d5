import type { BaselineIndex } from "../baseline/baseline-index.js";
import type { FleetSightings } from "../baseline/fleet-sightings.js";
import type { Assessment } from "./assessment.js";
import { lineagePart, portPart, programPart } from "./context-parts.js";
import { destinationPart } from "./destination-part.js";
import { fleetPart } from "./fleet-part.js";
import { namePart } from "./name-part.js";
import { noveltyPart } from "./novelty-part.js";
import type { Observation } from "./observation.js";
import { placeOf } from "./place.js";
import { requestPart } from "./request-part.js";
import { assessmentOf } from "./score.js";

/** How bad a call is to an endpoint that the job's baseline does not hold. */
export function assessNewEndpoint(
  observation: Observation,
  index: BaselineIndex,
  fleet?: FleetSightings,
): Assessment {
  const place = placeOf(observation, index);
  return assessmentOf([
    destinationPart(observation, place, index),
    noveltyPart(place, index),
    fleetPart(fleet, observation.endpoint.host),
    namePart(observation, place, index),
    programPart(observation, index),
    lineagePart(observation, index),
    portPart(observation, index),
    requestPart(observation, index),
  ]);
}
