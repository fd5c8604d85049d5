import type { CaptureEvent } from "../events/event.js";
import type { ProcessRecord } from "./process.js";
import type { Step } from "./step.js";

/** Which step a process belongs to. */
export interface StepTracker {
  apply(event: CaptureEvent): void;
  /**
   * The step that the environment of the process, or of its nearest ancestor with one, names; else the step that
   * the platform says is running now.
   */
  stepOf(process: ProcessRecord | undefined, ancestors: readonly ProcessRecord[]): Step | undefined;
}

/** More steps than any platform allows in one job. */
const maxSteps = 1000;

export function stepTracker(): StepTracker {
  const known = new Map<string, Step>();
  let running: Step | undefined;

  /** The environment gives an id; the platform knows the name that goes with it. */
  const complete = (step: Step): Step => ({ ...known.get(step.id), ...step });

  return {
    apply(event) {
      if (event.type === "step.started") {
        if (known.size < maxSteps || known.has(event.step.id)) known.set(event.step.id, event.step);
        running = event.step;
      } else if (event.type === "step.finished" && running?.id === event.step.id) {
        running = undefined;
      }
    },
    stepOf(process, ancestors) {
      const named = [process, ...ancestors].find((candidate) => candidate?.step)?.step;
      return named ? complete(named) : running;
    },
  };
}
