import type { BaselineIndex } from "../baseline/baseline-index.js";
import { countOf } from "../baseline/counts.js";
import { knowsProgram, lineageBits, lineageShare, lineageText } from "./context-parts.js";
import { isHabit, type KnownEndpoint, type NewHabit } from "./known-habits.js";
import type { Observation } from "./observation.js";
import { scorePart } from "./score.js";

/** Runs of an endpoint that its job's other endpoints stand for, as long as little is known of it. */
const priorRuns = 2;

/** The process came to run in a way that no caller of the endpoint did. */
export function newLineage(
  { lineage, program }: Observation,
  known: KnownEndpoint,
  index: BaselineIndex,
): NewHabit | undefined {
  if (isHabit(known, "lineage", lineage)) return undefined;
  const { runs, habits } = known;
  const seen = countOf(habits.lineages, lineage);
  const chance = (seen + priorRuns * lineageShare(lineage, index)) / (runs + priorRuns);
  // A known endpoint gets new callers now and then: only a package's own script is more than that.
  const most = lineage === "install-script" ? mostOfScript : mostOfOthers;
  const bits = Math.max(0, lineageBits(lineage, chance, most));
  const text = `${program} was started by ${lineageText[lineage]}, which called this endpoint in ${seen} of ${runs} runs.`;
  return { part: scorePart("lineage", `new-${lineage}`, bits, text), habit: `lineage:${lineage}` };
}

const mostOfScript = 4;
const mostOfOthers = 0.75;

const newInJobBits = 0.5;
const newHereBits = 0.25;

export function newProgram(
  { program }: Observation,
  known: KnownEndpoint,
  index: BaselineIndex,
): NewHabit | undefined {
  if (isHabit(known, "program", program)) return undefined;
  const part = knowsProgram(program, index)
    ? scorePart("program", "new-here", newHereBits, `${program} never called this endpoint before.`)
    : scorePart(
        "program",
        "new-program",
        newInJobBits,
        `${program} never called out in this job before.`,
      );
  return { part, habit: `program:${program}` };
}

const newStepBits = 0.125;

export function newStep({ step }: Observation, known: KnownEndpoint): NewHabit | undefined {
  if (step === undefined || isHabit(known, "step", step)) return undefined;
  const text = `The step ${step} never called this endpoint before.`;
  return { part: scorePart("step", "new-step", newStepBits, text), habit: `step:${step}` };
}
