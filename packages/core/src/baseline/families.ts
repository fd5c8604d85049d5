import { familyPatternOf } from "../endpoint/endpoint-chain.js";
import type { Baseline, FamilyDecision } from "./baseline.js";
import { baselineIndex } from "./baseline-index.js";

/** A learned pattern that stands for hosts which take turns. */
export interface EndpointFamily {
  /** `shard<n>.example.com:443`. */
  pattern: string;
  /** Members that the job called. */
  members: string[];
  /** Runs that called any of them. */
  runs: number;
  /** Runs that brought a member not seen before. */
  newMemberRuns: number;
  /** Enough runs brought members, or somebody approved it: the next member is expected. */
  isEstablished: boolean;
  decision?: FamilyDecision;
  /** `17 members seen in 23 runs`. */
  text: string;
}

/** Members first seen in fewer runs could all be one run's doing. */
const familyRuns = 3;

/** Whether the next member of a family is expected. */
export function isEstablished(
  decision: FamilyDecision | undefined,
  newMemberRuns: number,
): boolean {
  return decision === undefined ? newMemberRuns >= familyRuns : decision === "approved";
}

/** The families of a baseline, those of the most runs first. */
export function endpointFamilies(baseline: Baseline): EndpointFamily[] {
  const index = baselineIndex(baseline);
  const families = Object.entries(baseline.groups).flatMap(([key, { runs }]) => {
    const pattern = familyPatternOf(key);
    if (pattern === undefined) return [];
    const children = index.children(key);
    const members = [...(children?.keys ?? [])].sort();
    const decision = baseline.families?.[pattern];
    const newMemberRuns = children?.firstRuns ?? 0;
    const text = `${count(members.length, "member")} seen in ${count(runs, "run")}`;
    return [
      {
        pattern,
        members,
        runs,
        newMemberRuns,
        isEstablished: isEstablished(decision, newMemberRuns),
        ...(decision ? { decision } : {}),
        text,
      },
    ];
  });
  return families.sort(
    (one, other) => other.runs - one.runs || (one.pattern < other.pattern ? -1 : 1),
  );
}

const count = (amount: number, what: string) => `${amount} ${what}${amount === 1 ? "" : "s"}`;

/** Writes down what somebody decided on a family, or takes it back (`undefined`). */
export function decideOnFamily(
  before: Baseline,
  pattern: string,
  decision: FamilyDecision | undefined,
): Baseline {
  const { families, ...rest } = before;
  const decisions = new Map(Object.entries(families ?? {}));
  if (decision === undefined) decisions.delete(pattern);
  else decisions.set(pattern, decision);
  return decisions.size === 0 ? rest : { ...rest, families: Object.fromEntries(decisions) };
}
