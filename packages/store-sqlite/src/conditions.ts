import { type JobKey, parseJobKey, type RepositoryScope } from "@straycall/core";
import { keyText } from "./key-text.js";

/** A condition of a query, and the values of its placeholders. */
export interface Condition {
  sql: string;
  values: (string | number)[];
}

/** What the column `repository` of a job's rows holds. */
export function repositoryColumn(key: JobKey): string {
  return keyText((parseJobKey(key)?.repository ?? "").toLowerCase());
}

/** What keeps a query to some repositories; nothing without a scope. See `inScope`. */
export function repositoryCondition(scope: RepositoryScope | undefined): Condition | undefined {
  if (scope === undefined) return undefined;
  const parts = scope.map((pattern): Condition => {
    const wanted = pattern.toLowerCase();
    if (!wanted.endsWith("*")) return { sql: "repository = ?", values: [keyText(wanted)] };
    const start = keyText(wanted.slice(0, -1));
    return { sql: "substr(repository, 1, length(?)) = ?", values: [start, start] };
  });
  if (parts.length === 0) return { sql: "0", values: [] };
  return {
    sql: `(${parts.map(({ sql }) => sql).join(" OR ")})`,
    values: parts.flatMap(({ values }) => values),
  };
}

/** What keeps a query to rows that hold a text; nothing for an empty one. */
export function searchCondition(term: string): Condition | undefined {
  return term === "" ? undefined : { sql: "instr(search_text, ?) > 0", values: [keyText(term)] };
}
