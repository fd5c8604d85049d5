import { z } from "zod";

const part = z.string().min(1).max(512);

/** What has a baseline: for GitHub, repository + workflow path + job id (matrix legs and re-runs share it). */
export const jobRefSchema = z.object({
  /** Who runs the job: `github`, `gitlab`, `buildkite`, `circleci`, `jenkins`, `local`, or a name of your own. */
  platform: z
    .string()
    .min(1)
    .max(64)
    .regex(/^[a-z][a-z0-9-]*$/, "must be lower-case letters, digits and dashes"),
  repository: part,
  workflow: part,
  job: part,
});

export type JobRef = z.infer<typeof jobRefSchema>;

/** A job as one string, `github:acme/shop:.github/workflows/ci.yml:build`: the key of its baseline. */
export type JobKey = string;

const escapePart = (text: string) => text.replaceAll("%", "%25").replaceAll(":", "%3A");
const unescapePart = (text: string) => text.replaceAll("%3A", ":").replaceAll("%25", "%");

/**
 * Makes the canonical key of a job.
 *
 * Only `%` and `:` are escaped. GitHub does not tell `Acme/Shop` from `acme/shop`, so neither does the key.
 */
export function jobKey(job: JobRef): JobKey {
  const repository = job.platform === "github" ? job.repository.toLowerCase() : job.repository;
  return [job.platform, repository, job.workflow, job.job].map(escapePart).join(":");
}

/** Reads a job key back; `undefined` if it is not one. */
export function parseJobKey(key: JobKey): JobRef | undefined {
  const [platform, repository, workflow, job, ...rest] = key.split(":").map(unescapePart);
  if (rest.length > 0) return undefined;
  const parsed = jobRefSchema.safeParse({ platform, repository, workflow, job });
  return parsed.success ? parsed.data : undefined;
}

/** The repository of a job, `github:acme/shop`, from the job's key. */
export function repositoryOfKey(key: JobKey): string {
  return key.split(":", 2).join(":");
}
