import { type ListedEndpoint, listedKey, readListedEndpoint } from "./endpoint-text.js";
import {
  type ChangeRow,
  type Histories,
  type Mention,
  mentionKey,
  ownerOf,
} from "./read-histories.js";
import type { Skipped } from "./skipped.js";

/** A job's list between two changes. */
export interface Stage {
  /** Epoch milliseconds. */
  from: number;
  to: number;
  endpoints: ListedEndpoint[];
  runsOn: string;
  uses: string[];
  steps: number;
  shellTools: string[];
  /** By {@link listedKey}, of those that this stage adds. */
  mentions: Map<string, Mention>;
}

/** What one job was allowed to call, in time order. A job whose list ended and began again has a gap. */
export interface JobTimeline {
  repository: string;
  workflow: string;
  job: string;
  group: string;
  /** How many jobs of the repository have this same timeline: this one stands for all of them. */
  weight: number;
  stages: Stage[];
}

const dayMs = 86_400_000;

/**
 * Makes the timeline of every job, demonstrations left out, sorted by name.
 *
 * Jobs of one repository with the same lists at the same times are one job that counts as many times: a
 * list shared by twenty jobs is one decision of one person, not twenty observations.
 */
export function jobTimelines(histories: Histories, skipped: Skipped): JobTimeline[] {
  const { repositories } = histories;
  const rowsOfJob = new Map<string, ChangeRow[]>();
  for (const row of histories.changes) {
    if (repositories.get(row.repository)?.demo) {
      skipped.add("changes of demonstrations");
      continue;
    }
    const key = jobName(row);
    rowsOfJob.set(key, [...(rowsOfJob.get(key) ?? []), row]);
  }
  const endsOfJob = new Map<string, number[]>();
  for (const row of histories.lifecycle) {
    if (!row.ended) continue;
    endsOfJob.set(jobName(row), [...(endsOfJob.get(jobName(row)) ?? []), row.time]);
  }

  const timelines = new Map<string, JobTimeline>();
  for (const [key, rows] of [...rowsOfJob].sort(byName)) {
    rows.sort((a, b) => a.time - b.time || (a.commit < b.commit ? -1 : 1));
    const [first] = rows as [ChangeRow];
    const lastRow = rows.at(-1) as ChangeRow;
    const headTime = repositories.get(first.repository)?.headTime ?? lastRow.time;
    const stages = stagesOf(rows, endsOfJob.get(key) ?? [], headTime, histories, skipped);
    if (stages.length === 0) {
      skipped.add("jobs without an endpoint that can be read");
      continue;
    }
    const shape = JSON.stringify([
      first.repository,
      stages.map(({ from, to, endpoints }) => [from, to, endpoints.map(listedKey).sort()]),
    ]);
    const twin = timelines.get(shape);
    if (twin) twin.weight += 1;
    else {
      timelines.set(shape, {
        repository: first.repository,
        workflow: first.workflow,
        job: first.job,
        group: repositories.get(first.repository)?.group ?? ownerOf(first.repository),
        weight: 1,
        stages,
      });
    }
  }
  return [...timelines.values()];
}

function stagesOf(
  rows: ChangeRow[],
  ends: number[],
  headTime: number,
  histories: Histories,
  skipped: Skipped,
): Stage[] {
  return rows.flatMap((row, at) => {
    const next = rows[at + 1]?.time ?? Math.max(headTime, row.time + dayMs);
    const to = ends.filter((end) => end > row.time).reduce((a, b) => Math.min(a, b), next);
    const endpoints = new Map<string, ListedEndpoint>();
    const mentions = new Map<string, Mention>();
    for (const text of row.endpoints) {
      const endpoint = readListedEndpoint(text);
      if (!endpoint) {
        skipped.add("listed endpoints that cannot be read");
        continue;
      }
      endpoints.set(listedKey(endpoint), endpoint);
      const mention = histories.mentions.get(mentionKey(row, row.commit, text));
      if (mention) mentions.set(listedKey(endpoint), mention);
    }
    if (endpoints.size === 0 || to <= row.time) return [];
    const { runsOn, uses, steps, shellTools } = row;
    const stage: Stage = {
      from: row.time,
      to,
      endpoints: [...endpoints.values()],
      runsOn,
      uses,
      steps,
      shellTools,
      mentions,
    };
    return [stage];
  });
}

function jobName(row: { repository: string; workflow: string; job: string }): string {
  return [row.repository, row.workflow, row.job].join("\n");
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
