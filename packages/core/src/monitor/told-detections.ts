import { compareSeverity, type Detection, type DetectionKind } from "../detection/detection.js";
import { type EndpointKey, endpointKey } from "../endpoint/endpoint.js";
import { type Deviation, worseForms } from "../model/deviation.js";

/** The detections that tell of a run's calls, whichever run recorded them. */
export interface ToldDetections {
  add(detection: Detection): void;
  get(kind: DetectionKind, subject: string): Detection | undefined;
  /** The worst that was told of the same thing. */
  worst(deviation: Pick<Deviation, "kind" | "subject">): Detection | undefined;
  /** What was told of the way that an endpoint was called. */
  behaviors(key: EndpointKey): readonly Detection[];
  /** Says that a call did what a detection stands for, in these new ways. */
  showed(detection: Detection, habits: readonly string[]): void;
  /** All new ways that a detection stands for. */
  habits(detection: Detection): Iterable<string>;
  all(): Iterable<Detection>;
}

/** Of one detection. */
const maxHabits = 256;

export function toldDetections(): ToldDetections {
  const told = new Map<string, Detection>();
  const behaviors = new Map<EndpointKey, Detection[]>();
  const habits = new Map<string, Set<string>>();
  const identity = (kind: DetectionKind, subject: string) => `${kind} ${subject}`;
  const get = (kind: DetectionKind, subject: string) => told.get(identity(kind, subject));
  return {
    add(detection) {
      const id = identity(detection.kind, detection.subject);
      const isNew = !told.has(id);
      told.set(id, detection);
      if (!isNew || detection.kind !== "new-behavior") return;
      const key = endpointKey(detection.endpoint);
      behaviors.set(key, [...(behaviors.get(key) ?? []), detection]);
    },
    get,
    worst: (deviation) =>
      worstOf(
        [deviation, ...worseForms(deviation)]
          .map(({ kind, subject }) => get(kind, subject))
          .filter((detection) => detection !== undefined),
      ),
    behaviors: (key) => behaviors.get(key) ?? [],
    showed({ id }, ways) {
      const known = habits.get(id) ?? new Set();
      habits.set(id, known);
      for (const way of ways) if (known.size < maxHabits) known.add(way);
    },
    habits: ({ id }) => habits.get(id) ?? [],
    all: () => told.values(),
  };
}

/** The first of those that are worst. */
export function worstOf(detections: readonly Detection[]): Detection | undefined {
  return detections.reduce<Detection | undefined>(
    (worst, detection) =>
      worst === undefined || compareSeverity(detection.severity, worst.severity) > 0
        ? detection
        : worst,
    undefined,
  );
}
