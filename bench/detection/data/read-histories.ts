import { existsSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readLines } from "./read-lines.js";
import type { Skipped } from "./skipped.js";

const text = z.string().max(4_096);
/** Of what is null in a list nothing can be said. */
const texts = z
  .array(text.nullish())
  .max(10_000)
  .transform((list) => list.filter((each) => each != null));
const date = text.refine((value) => !Number.isNaN(Date.parse(value)), "is not a date");

/** Anything may be missing or null: what a row cannot do without is looked at where it is used. */
const rowSchema = z.object({
  repo: text.nullish(),
  workflow: text.nullish(),
  job: text.nullish(),
  commit: text.nullish(),
  date: date.nullish(),
});

const changeSchema = rowSchema.extend({
  endpoints: texts.nullish(),
  /** A label, labels, a group: as workflows have it. */
  runsOn: z.unknown().optional(),
  uses: texts.nullish(),
  steps: z.number().nullish(),
  shellTools: texts.nullish(),
});

const mentionSchema = z.object({
  wfHost: z.boolean().nullish(),
  wfDomain: z.boolean().nullish(),
  repoHost: z.boolean().nullish(),
});

const transitionSchema = rowSchema.extend({
  usesBumped: z.array(z.unknown()).nullish(),
  addedMention: z.record(text, mentionSchema.nullish()).nullish(),
});

const lifecycleSchema = rowSchema.extend({ event: text.nullish() });

const repositorySchema = z.object({
  repo: text.nullish(),
  owner: text.nullish(),
  group: text.nullish(),
  demo: z.boolean().nullish(),
  headDate: date.nullish(),
});

/** Which job a row is of. */
interface JobRow {
  repository: string;
  workflow: string;
  job: string;
  /** Epoch milliseconds. */
  time: number;
}

/** A job's list as it was from a commit on. */
export interface ChangeRow extends JobRow {
  commit: string;
  endpoints: string[];
  runsOn: string;
  /** Actions with their refs, `actions/checkout@v4`. */
  uses: string[];
  steps: number;
  shellTools: string[];
}

/** Where a host that came to a list is written, the list itself aside. */
export interface Mention {
  workflow: boolean;
  repository: boolean;
}

/** When a job's list began or ended. */
export interface LifecycleRow extends JobRow {
  ended: boolean;
}

export interface RepositoryRow {
  repository: string;
  /** The people who run it: what one of them does says something of the others, and nothing of strangers. */
  group: string;
  demo: boolean;
  /** Until when its history was read, epoch milliseconds. */
  headTime: number | undefined;
}

export interface Histories {
  changes: ChangeRow[];
  /** By {@link mentionKey}. */
  mentions: Map<string, Mention>;
  lifecycle: LifecycleRow[];
  repositories: Map<string, RepositoryRow>;
}

/** Names one addition to one job's list. */
export function mentionKey(row: Omit<JobRow, "time">, commit: string, endpoint: string): string {
  return [row.repository, row.workflow, row.job, commit, endpoint].join("\n");
}

/**
 * Reads a folder of endpoint histories. Only `endpoints_changes.jsonl` must be there.
 *
 * @throws InputError that names the file, the line and the field
 */
export function readHistories(folder: string, skipped: Skipped): Histories {
  const rows = <Row>(name: string, schema: z.ZodType<Row>): Row[] => {
    const file = join(folder, name);
    if (existsSync(file)) return readLines(file, schema);
    skipped.add(`file missing: ${name}`);
    return [];
  };
  const jobRow = (row: z.infer<typeof rowSchema>, what: string): JobRow | undefined => {
    for (const field of ["repo", "workflow", "job", "date"] as const) {
      if (row[field]) continue;
      skipped.add(`${what} without ${field}`);
      return undefined;
    }
    return {
      repository: row.repo ?? "",
      workflow: row.workflow ?? "",
      job: row.job ?? "",
      time: Date.parse(row.date ?? ""),
    };
  };

  const changes = readLines(join(folder, "endpoints_changes.jsonl"), changeSchema).flatMap(
    (row) => {
      const job = jobRow(row, "changes");
      if (!job) return [];
      if (!row.endpoints) {
        skipped.add("changes without endpoints");
        return [];
      }
      return [changeRow(job, row, row.endpoints)];
    },
  );

  const mentions = new Map<string, Mention>();
  for (const row of rows("transitions.jsonl", transitionSchema)) {
    const job = jobRow(row, "transitions");
    if (!job) continue;
    for (const [endpoint, mention] of Object.entries(row.addedMention ?? {})) {
      mentions.set(mentionKey(job, row.commit ?? "", endpoint), {
        workflow: mention?.wfHost === true,
        repository: mention?.repoHost === true,
      });
    }
  }

  const lifecycle = rows("lifecycle.jsonl", lifecycleSchema).flatMap((row) => {
    const job = jobRow(row, "lifecycle rows");
    return job ? [{ ...job, ended: row.event === "drop" }] : [];
  });

  const repositories = new Map<string, RepositoryRow>();
  for (const row of rows("repos.jsonl", repositorySchema)) {
    if (!row.repo) {
      skipped.add("repositories without repo");
      continue;
    }
    repositories.set(row.repo, {
      repository: row.repo,
      group: row.group ?? row.owner ?? ownerOf(row.repo),
      demo: row.demo === true,
      headTime: row.headDate ? Date.parse(row.headDate) : undefined,
    });
  }
  return { changes, mentions, lifecycle, repositories };
}

function changeRow(job: JobRow, row: z.infer<typeof changeSchema>, endpoints: string[]): ChangeRow {
  const runsOn = typeof row.runsOn === "string" ? row.runsOn : JSON.stringify(row.runsOn ?? "");
  return {
    ...job,
    commit: row.commit ?? "",
    endpoints,
    runsOn,
    uses: row.uses ?? [],
    steps: Math.max(row.steps ?? 0, row.uses?.length ?? 0),
    shellTools: row.shellTools ?? [],
  };
}

/** `acme` of `acme/shop`. */
export function ownerOf(repository: string): string {
  return (repository.split("/")[0] ?? repository).toLowerCase();
}
