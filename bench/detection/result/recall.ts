import type { Outcome } from "../replay/group-result.js";
import { isHigh, isPushed } from "../replay/told-once.js";

/** One group's outcomes, which count so many times. */
export interface CountedOutcomes {
  outcomes: readonly Outcome[];
  times: number;
}

/**
 * The share of injections that something is true of, each incident weighing the same however many injections it has.
 * NaN where there are none.
 */
export function shareOfIncidents(
  groups: readonly CountedOutcomes[],
  counts: (outcome: Outcome) => boolean,
  isTrue: (outcome: Outcome) => boolean,
): number {
  const incidents = new Map<string, { all: number; hit: number }>();
  for (const { outcomes, times } of groups) {
    if (times === 0) continue;
    for (const outcome of outcomes) {
      if (!counts(outcome)) continue;
      const incident = incidents.get(outcome.incident) ?? { all: 0, hit: 0 };
      incident.all += times;
      if (isTrue(outcome)) incident.hit += times;
      incidents.set(outcome.incident, incident);
    }
  }
  const shares = [...incidents.values()].map(({ all, hit }) => hit / all);
  return shares.reduce((sum, share) => sum + share, 0) / shares.length;
}

/** A detection was recorded: `info` is shown and not pushed. */
export const told = ({ severity }: Outcome): boolean => severity !== undefined;
export const pushed = ({ severity }: Outcome): boolean => isPushed(severity);
export const toldHigh = ({ severity }: Outcome): boolean => isHigh(severity);

/** An attack, at whatever its job knows. */
const attack = ({ benign, trustedOnly }: Outcome): boolean => !benign && !trustedOnly;
/** An attack in a job that has a baseline. */
export const learned = (outcome: Outcome): boolean => attack(outcome) && outcome.age > 0;
export const firstRun = (outcome: Outcome): boolean => attack(outcome) && outcome.age === 0;
export const trustedOnly = (outcome: Outcome): boolean => !outcome.benign && outcome.trustedOnly;

/** The parts of the injections that are looked at by themselves. */
export const splits: Record<string, (outcome: Outcome) => boolean> = {
  "first run": firstRun,
  "age 5": (outcome) => attack(outcome) && outcome.age === 5,
  "age 30": (outcome) => attack(outcome) && outcome.age === 30,
  "age 100": (outcome) => attack(outcome) && outcome.age === 100,
  "a call to a known endpoint too": (outcome) => learned(outcome) && outcome.usesTrusted,
  "new endpoints only": (outcome) => learned(outcome) && !outcome.usesTrusted,
  "process as told": (outcome) => learned(outcome) && !outcome.stealthy,
  "in a process that already calls": (outcome) => learned(outcome) && outcome.stealthy,
  "known endpoints only": trustedOnly,
  "known endpoints only, request seen": (outcome) => trustedOnly(outcome) && outcome.requestSeen,
};
