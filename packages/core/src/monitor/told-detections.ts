import type { Detection, DetectionKind } from "../detection/detection.js";

/** The detections that tell of a run's calls, whichever run recorded them. */
export interface ToldDetections {
  add(detection: Detection): void;
  get(kind: DetectionKind, subject: string): Detection | undefined;
  all(): Iterable<Detection>;
}

export function toldDetections(): ToldDetections {
  const told = new Map<string, Detection>();
  const identity = (kind: DetectionKind, subject: string) => `${kind} ${subject}`;
  return {
    add: (detection) => {
      told.set(identity(detection.kind, detection.subject), detection);
    },
    get: (kind, subject) => told.get(identity(kind, subject)),
    all: () => told.values(),
  };
}
