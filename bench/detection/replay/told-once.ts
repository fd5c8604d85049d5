import type { Severity } from "@straycall/core";
import type { Judgement, Variant } from "../detectors/detector.js";

export const severityRank: Record<Severity, number> = {
  info: 0,
  low: 1,
  medium: 2,
  high: 3,
  critical: 4,
};

export const isPushed = (severity: Severity | undefined): boolean =>
  severity !== undefined && severityRank[severity] >= severityRank.low;

export const isHigh = (severity: Severity | undefined): boolean =>
  severity !== undefined && severityRank[severity] >= severityRank.high;

/** What one detector, or a variant of it, has told. */
export interface ToldOnce {
  readonly name: string;
  /** Those of a run's judgements that are told now, `info` included: each key once, for ever. */
  tell(judgements: readonly Judgement[]): Judgement[];
  /** Goes on by itself. */
  fork(): ToldOnce;
}

export function toldOnce(variant: Variant, before?: { has(key: string): boolean }): ToldOnce {
  const keys = new Set<string>();
  const told = { has: (key: string) => keys.has(key) || before?.has(key) === true };
  return {
    name: variant.name,
    tell(judgements) {
      return judgements.flatMap((original) => {
        const judgement = variant.judge(original);
        const { severity, key, learning, least } = judgement;
        if (severity === undefined || (learning && !isHigh(severity)) || told.has(key)) return [];
        if (least && severityRank[severity] < severityRank[least]) return [];
        keys.add(key);
        return [judgement];
      });
    },
    fork: () => toldOnce(variant, told),
  };
}
