import type { BaselineEndpoint, EndpointHabits } from "../baseline/baseline.js";
import { habitRuns } from "../baseline/baseline-index.js";
import { countOf } from "../baseline/counts.js";
import type { ScorePart } from "./assessment.js";

/** An endpoint that the baseline holds, with how it is called. */
export interface KnownEndpoint {
  runs: number;
  habits: EndpointHabits;
}

/** One thing that is new about a call to a known endpoint, and what that weighs. */
export interface NewHabit {
  part: ScorePart;
  /** `lineage:install-script` */
  habit: string;
}

export type HabitKind = "program" | "lineage" | "step" | "route" | "method" | "tenant";

/** The endpoint, unless the baseline does not hold it or has no room for its habits. */
export function knownEndpoint(endpoint: BaselineEndpoint | undefined): KnownEndpoint | undefined {
  if (endpoint?.habits === undefined) return undefined;
  return { runs: endpoint.runs, habits: endpoint.habits };
}

/** Whether calls to the endpoint are made like that: two runs make a habit, or the only one there is. */
export function isHabit({ runs, habits }: KnownEndpoint, kind: HabitKind, value: string): boolean {
  const isRequest = kind === "route" || kind === "method" || kind === "tenant";
  const shown = isRequest ? (habits.readableRuns ?? 0) : runs;
  return countOf(habits[`${kind}s`], value) >= Math.max(1, Math.min(habitRuns, shown));
}

/** Whether it was told, and nobody has looked at it: it is told no more, and makes nothing else look more normal. */
export function wasTold({ habits }: KnownEndpoint, habit: string): boolean {
  return countOf(habits.told, habit) > 0;
}
