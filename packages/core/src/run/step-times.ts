import type { CaptureEvent } from "../events/event.js";
import type { ProcessRecord } from "./process.js";
import { maxRunSteps, type RunStep, type Step, type StepSource } from "./step.js";

/** When each step of a run began and ended: what the platform says counts, else what its processes show. */
export interface StepTimes {
  apply(event: CaptureEvent): void;
  /** A process of a step did something. */
  seen(process: ProcessRecord, time: number): void;
  /** In the order they began. */
  list(): RunStep[];
}

export function stepTimes(): StepTimes {
  const known = new Map<string, RunStep>();
  const ended = new Set<string>();

  const note = (step: Step, time: number, source: StepSource): RunStep | undefined => {
    const before = known.get(step.id);
    if (before === undefined && known.size >= maxRunSteps) return undefined;
    const noted: RunStep = before ?? { step, source, startedAt: time };
    // The environment gives an id; the platform knows the name that goes with it.
    noted.step = source === "time" ? { ...noted.step, ...step } : { ...step, ...noted.step };
    if (source === "time" && noted.source !== "time")
      Object.assign(noted, { source, startedAt: time });
    known.set(step.id, noted);
    return noted;
  };

  return {
    apply(event) {
      if (event.type === "step.started") note(event.step, event.time, "time");
      if (event.type !== "step.finished") return;
      const step = known.get(event.step.id);
      if (step === undefined) return;
      step.finishedAt = event.time;
      ended.add(event.step.id);
    },
    seen({ step }, time) {
      if (step === undefined) return;
      const noted = note(step, time, "environment");
      if (noted === undefined || ended.has(step.id)) return;
      if (noted.source === "environment") noted.startedAt = Math.min(noted.startedAt, time);
      noted.finishedAt = Math.max(noted.finishedAt ?? time, time);
    },
    list: () => [...known.values()].sort((one, other) => one.startedAt - other.startedAt),
  };
}
