import { type Severity, severities, severityWithoutHistory } from "@straycall/core";
import type { Judgement, Variant } from "../detectors/detector.js";

export const severityRank = Object.fromEntries(
  severities.map((severity, rank) => [severity, rank]),
) as Record<Severity, number>;

export const isPushed = (severity: Severity | undefined): boolean =>
  severity !== undefined && severityRank[severity] >= severityRank.low;

export const isHigh = (severity: Severity | undefined): boolean =>
  severity !== undefined && severityRank[severity] >= severityRank.high;

/** What one detector, or a variant of it, has told. */
export interface ToldOnce {
  readonly name: string;
  /** Those of a run's judgements that are told now, `info` included: each key once, and again where it is worse. */
  tell(judgements: readonly Judgement[]): Judgement[];
  /** Goes on by itself. */
  fork(): ToldOnce;
}

/** As the monitor has it: a new step can call one endpoint in dozens of new ways. */
const mostOfCrowd = 5;

export function toldOnce(
  variant: Variant,
  before: (key: string) => number | undefined = () => undefined,
): ToldOnce {
  const worst = new Map<string, number>();
  const worstTold = (key: string) => worst.get(key) ?? before(key);
  return {
    name: variant.name,
    tell(judgements) {
      const crowds = new Map<string, Map<string, number>>();
      return judgements.flatMap((original) => {
        const judgement = variant.judge(original);
        const { severity, key, crowd } = judgement;
        if (severity === undefined || !isTellable(judgement)) return [];
        const rank = severityRank[severity];
        const members = crowds.get(crowd ?? key) ?? new Map<string, number>();
        crowds.set(crowd ?? key, members);
        const told = worstTold(key);
        const inCrowd = told === undefined && members.size >= mostOfCrowd;
        const known = inCrowd ? Math.max(...members.values()) : told;
        if (!inCrowd) members.set(key, Math.max(rank, told ?? rank));
        if (known !== undefined && (rank <= known || !isPushed(severity))) return [];
        worst.set(key, rank);
        members.set(key, rank);
        return [judgement.repeats ? { ...judgement, severity: "info" as const } : judgement];
      });
    },
    fork: () => toldOnce(variant, worstTold),
  };
}

function isTellable({ score, severity, learning, least, parts = [] }: Judgement): boolean {
  if (learning && !isHigh(severityWithoutHistory({ bits: score, parts }))) return false;
  return !severity || !least || severityRank[severity] >= severityRank[least];
}
