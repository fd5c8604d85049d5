import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Severity, StraycallError, severities } from "@straycall/core";
import { z } from "zod";
import type { CiSettings } from "./ci-provider.js";
import {
  missingVariables,
  type NotifierSettings,
  notifierSettings,
  notifierVariables,
  webUrl,
} from "./notifier-settings.js";

/** Everything that can be set, read from the environment. */
export interface Settings extends NotifierSettings {
  port: number;
  host: string;
  /** Holds the database and the tokens. */
  dataFolder: string;
  /** Unset: one is made and kept in the data folder. */
  ingestToken?: string;
  /** As the ingest token: what signs people in to change something. */
  adminToken?: string;
  /** Where people reach the pages, without a slash at the end. Unset: where the service listens. */
  publicUrl?: string;
  learningRuns: number;
  /** The least severity that is told. */
  notifyFrom: Severity;
  /** File of what other fleets call; see `fleetPrior`. */
  priorPath?: string;
  ci: CiSettings;
}

const checkoutRoot = fileURLToPath(new URL("../../../", import.meta.url));

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be from ${min} to ${max}`);

const token = z
  .string()
  .regex(/^[\x21-\x7e]*$/, "must be plain characters without spaces")
  .min(16, "must have at least 16 characters")
  .max(512, "must have at most 512 characters");

const environmentSchema = z.object({
  PORT: wholeNumber(0, 65_535).default(4280),
  HOST: z.string().max(255).default("127.0.0.1"),
  STRAYCALL_DATA: z.string().default(join(checkoutRoot, "data")),
  STRAYCALL_INGEST_TOKEN: token.optional(),
  STRAYCALL_ADMIN_TOKEN: token.optional(),
  STRAYCALL_PUBLIC_URL: webUrl.transform((url) => url.replace(/\/+$/, "")).optional(),
  STRAYCALL_LEARNING_RUNS: wholeNumber(0, 10_000).default(5),
  STRAYCALL_NOTIFY_FROM: z
    .enum(severities, { error: `must be one of ${severities.join(", ")}` })
    .default("low"),
  STRAYCALL_PRIOR: z.string().max(4096).optional(),
  STRAYCALL_CI_GITHUB_TOKEN: token.optional(),
  STRAYCALL_CI_GITHUB_URL: webUrl.optional(),
  STRAYCALL_CI_CLONES: z.string().max(4096).optional(),
  STRAYCALL_CI_LOGS: z.string().max(4096).optional(),
  ...notifierVariables,
});

type Environment = Record<string, string | undefined>;

/**
 * Reads the settings; a variable that is empty counts as unset.
 *
 * @throws StraycallError CONFIG_INVALID with one line for each variable that is wrong
 */
export function readSettings(environment: Environment): Settings {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value));
  const unknown = Object.keys(set)
    .filter((name) => name.startsWith("STRAYCALL_") && !(name in environmentSchema.shape))
    .map((name) => `${name}: is not a setting of this service`);
  const parsed = environmentSchema.safeParse(set);
  const malformed = (parsed.error?.issues ?? []).map(
    (issue) => `${String(issue.path[0])}: ${issue.message}`,
  );
  const problems = [...unknown, ...malformed, ...missingVariables(set)];
  if (!parsed.success || problems.length > 0) {
    throw new StraycallError("CONFIG_INVALID", problems.join("\n"));
  }
  return fromEnvironment(parsed.data);
}

function fromEnvironment(set: z.output<typeof environmentSchema>): Settings {
  return {
    port: set.PORT,
    host: set.HOST,
    dataFolder: set.STRAYCALL_DATA,
    learningRuns: set.STRAYCALL_LEARNING_RUNS,
    notifyFrom: set.STRAYCALL_NOTIFY_FROM,
    ...(set.STRAYCALL_INGEST_TOKEN ? { ingestToken: set.STRAYCALL_INGEST_TOKEN } : {}),
    ...(set.STRAYCALL_ADMIN_TOKEN ? { adminToken: set.STRAYCALL_ADMIN_TOKEN } : {}),
    ...(set.STRAYCALL_PUBLIC_URL ? { publicUrl: set.STRAYCALL_PUBLIC_URL } : {}),
    ...(set.STRAYCALL_PRIOR ? { priorPath: set.STRAYCALL_PRIOR } : {}),
    ci: {
      ...(set.STRAYCALL_CI_GITHUB_TOKEN ? { githubToken: set.STRAYCALL_CI_GITHUB_TOKEN } : {}),
      ...(set.STRAYCALL_CI_GITHUB_URL ? { githubUrl: set.STRAYCALL_CI_GITHUB_URL } : {}),
      ...(set.STRAYCALL_CI_CLONES ? { clonesFolder: set.STRAYCALL_CI_CLONES } : {}),
      ...(set.STRAYCALL_CI_LOGS ? { logsFolder: set.STRAYCALL_CI_LOGS } : {}),
    },
    ...notifierSettings(set),
  };
}
