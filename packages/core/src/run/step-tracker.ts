import type { CaptureEvent } from "../events/event.js";
import type { ProcessRecord } from "./process.js";
import { contradicts, type Step } from "./step.js";

/**
 * Which step a process belongs to.
 *
 * A process can write what it likes into its own environment and its children's. So the step of a process is the one
 * that the topmost of its ancestors names: the one that the runner started. All that came of it belongs to that step,
 * whatever it says, and also if it says nothing, outlives the step or is given another parent.
 */
export interface StepTracker {
  apply(event: CaptureEvent): void;
  /**
   * Settles the step of a process that became another program.
   *
   * @param named what its environment says
   */
  settle(
    process: ProcessRecord,
    ancestors: readonly ProcessRecord[],
    named: Step | undefined,
  ): void;
  /** The step of a process, else the one that the platform says is running now. */
  stepOf(process: ProcessRecord, ancestors: readonly ProcessRecord[]): Step | undefined;
  /** How many programs were started that name another step than their own. */
  readonly contradicted: number;
}

/** More steps than any platform allows in one job. */
const maxSteps = 1000;

export function stepTracker(): StepTracker {
  const known = new Map<string, Step>();
  let running: Step | undefined;
  let contradicted = 0;

  /** The environment gives an id; the platform knows the name that goes with it. */
  const complete = (step: Step): Step => ({ ...known.get(step.id), ...step });

  /** A settled ancestor has the step of its own topmost one: the nearest is enough. */
  const inherited = (process: ProcessRecord, ancestors: readonly ProcessRecord[]) =>
    [process, ...ancestors].find(({ step }) => step !== undefined)?.step;

  return {
    apply(event) {
      if (event.type === "step.started") {
        if (known.size < maxSteps || known.has(event.step.id)) known.set(event.step.id, event.step);
        running = event.step;
      } else if (event.type === "step.finished" && running?.id === event.step.id) {
        running = undefined;
      }
    },
    settle(process, ancestors, named) {
      const own = inherited(process, ancestors) ?? named;
      if (own !== undefined) process.step = own;
      delete process.claimedStep;
      if (named === undefined || own === undefined || !contradicts(named, own)) return;
      process.claimedStep = named;
      contradicted += 1;
    },
    stepOf(process, ancestors) {
      const step = inherited(process, ancestors);
      return step ? complete(step) : running;
    },
    get contradicted() {
      return contradicted;
    },
  };
}
