import {
  type RunMode,
  type RunOutcome,
  type RunQuery,
  runModeSchema,
  runOutcomeSchema,
} from "@straycall/core";

/** Which runs a list shows. */
export type RunFilter = Pick<RunQuery, "search" | "findingsOnly" | "outcome" | "mode">;

export const runOutcomes: readonly RunOutcome[] = runOutcomeSchema.options;
export const runModes: readonly RunMode[] = runModeSchema.options;

/** Reads a filter from a query; what is none of the values there are filters nothing. */
export function readRunFilter(query: Record<string, string | undefined>): RunFilter {
  const outcome = runOutcomes.find((each) => each === query.outcome);
  const mode = runModes.find((each) => each === query.mode);
  const search = query.q?.trim().slice(0, 512);
  return {
    ...(search ? { search } : {}),
    ...(query.findings === "1" ? { findingsOnly: true } : {}),
    ...(outcome === undefined ? {} : { outcome }),
    ...(mode === undefined ? {} : { mode }),
  };
}

/** The filter as a query, to go on with. */
export function runFilterQuery({ search, findingsOnly, outcome, mode }: RunFilter): string {
  const fields = { q: search, findings: findingsOnly ? "1" : undefined, outcome, mode };
  const set = Object.entries(fields).filter((field): field is [string, string] => !!field[1]);
  return new URLSearchParams(set).toString();
}
