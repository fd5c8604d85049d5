import type { RunSightings } from "../baseline/run-sightings.js";
import type { Store } from "../contracts/store.js";
import type { Detection } from "../detection/detection.js";
import { endpointKey } from "../endpoint/endpoint.js";
import { addsEvidence } from "../model/deviation.js";
import type { ToldDetections } from "./told-detections.js";

/** What a run shows, and how unusual its traffic was. */
export interface RunLessons {
  sightings: RunSightings;
  surprises: number[];
}

/** Marks in what a run shows all that was told and that nobody has reviewed until now. */
export async function runLessons({
  store,
  told,
  sightings,
  surprises,
}: RunLessons & { store: Store; told: ToldDetections }): Promise<RunLessons> {
  for (const detection of told.all()) {
    if (addsEvidence(detection)) continue;
    const current = await store.detections.get(detection.id);
    if (current === undefined || !addsEvidence(current)) mark(detection);
  }
  return { sightings, surprises };

  function mark(detection: Detection) {
    const { kind, subject, endpoint, newHabits, severity } = detection;
    const key = endpointKey(endpoint);
    if (newHabits) sightings.told(key, [...newHabits, ...told.habits(detection)], severity);
    // A call that was worse than what was told of a new endpoint first tells of the endpoint, too.
    else if (kind === "new-endpoint" || kind === "new-behavior")
      sightings.told(key, undefined, severity);
    else if (kind === "unusual-traffic") sightings.toldTraffic(subject);
  }
}
