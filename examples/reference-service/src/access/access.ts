import type { RepositoryScope } from "@straycall/core";

/**
 * What somebody may do.
 *
 * - `ingest`: send events of runs.
 * - `read`: look at everything.
 * - `admin`: review, suppress, change settings, make tokens; includes the other two.
 */
export const rights = ["ingest", "read", "admin"] as const;
export type Right = (typeof rights)[number];

/** Who asks, and what they may do. */
export interface Access {
  /** As the history shows it. */
  who: string;
  rights: readonly Right[];
  /** The repositories that they may read and write; unset for all. */
  repositories?: RepositoryScope;
}

export function may({ rights: held }: Access, right: Right): boolean {
  return held.includes(right) || held.includes("admin");
}
