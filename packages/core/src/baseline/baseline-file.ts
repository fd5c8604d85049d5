import { z } from "zod";
import { severities } from "../detection/detection.js";
import { firstProblem } from "../events/parse-events.js";
import { StraycallError } from "../straycall-error.js";
import type { Baseline } from "./baseline.js";
import { maxModelLength } from "./fitted-outliers.js";
import { maxBaselineEndpoints, maxBaselineGroups } from "./forget-old.js";
import { maxOutlierRows } from "./outlier-memory.js";
import { maxTrafficFeature, trafficFeatureCount } from "./traffic-features.js";
import { upgradeBaseline } from "./upgrade-baseline.js";

const whole = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
const text = z.string().min(1).max(1_024);
const counts = z.record(z.string().max(1_024), whole);
const spread = z.object({ sum: whole, squares: whole });
const traffic = z.record(
  z.string().max(256),
  z.object({ runs: whole, bytesOut: spread, calls: spread, duration: spread }),
);

const endpoint = z.object({
  firstRun: whole,
  lastRun: whole,
  runs: whole,
  firstSeenAt: whole,
  lastSeenAt: whole,
  unreviewed: z.literal(true).optional(),
  told: z.object({ in: text, as: z.enum(severities) }).optional(),
  group: text.optional(),
  habits: z
    .object({
      programs: counts,
      lineages: counts,
      steps: counts,
      routes: counts.optional(),
      methods: counts.optional(),
      tenants: counts.optional(),
      readableRuns: whole.optional(),
      newRouteRuns: whole.optional(),
      newWriteRuns: whole.optional(),
      newTenantRuns: whole.optional(),
      told: counts.optional(),
      traffic: traffic.optional(),
    })
    .optional(),
});

const group = z.object({
  parent: text.optional(),
  firstRun: whole,
  lastRun: whole,
  runs: whole,
  programs: counts,
  lineages: counts,
  ports: counts,
  traffic: traffic.optional(),
});

const outliers = z.object({
  rows: z
    .array(z.array(z.int().min(0).max(maxTrafficFeature)).length(trafficFeatureCount))
    .max(maxOutlierRows),
  fitted: z
    .object({
      scorer: text,
      run: whole,
      model: z.string().max(maxModelLength),
      calibration: z.array(z.int().min(0).max(1_000)).max(maxOutlierRows / 2),
    })
    .optional(),
});

const shared = { jobKey: text, revision: whole, runs: whole, forgotten: whole };
const endpoints = bounded(z.record(text, endpoint), maxBaselineEndpoints);

const fileSchema = z.object({
  format: z.literal("straycall-baseline"),
  baseline: z.discriminatedUnion("version", [
    z.object({ version: z.literal(1), ...shared, endpoints }),
    z.object({
      version: z.literal(2),
      ...shared,
      endpoints,
      groups: bounded(z.record(text, group), maxBaselineGroups),
      habits: z.object({
        programs: counts,
        lineages: counts,
        steps: counts,
        ports: counts,
        tenants: counts.optional(),
        surprises: counts,
      }),
      outliers: outliers.optional(),
      families: z.record(text, z.enum(["approved", "refused"])).optional(),
    }),
  ]),
});

function bounded<T extends z.ZodType<Record<string, unknown>>>(schema: T, most: number) {
  return schema.refine(
    (record) => Object.keys(record).length <= most,
    `has more than ${most} entries`,
  );
}

/** Writes a baseline as a file to keep, to look at, or to give to another store. */
export function exportBaseline(baseline: Baseline): string {
  return JSON.stringify({ format: "straycall-baseline", baseline });
}

/**
 * Reads what {@link exportBaseline} wrote, of this or an earlier version.
 *
 * To bring it into a store: `store.baselines.change(jobKey, (before) => before ? mergeBaselines(before, read) : read)`.
 *
 * @throws StraycallError CONFIG_INVALID naming the field
 */
export function importBaseline(file: string): Baseline {
  const parsed = fileSchema.safeParse(parseJson(file));
  if (!parsed.success) {
    const { field, message } = firstProblem(parsed.error);
    throw new StraycallError("CONFIG_INVALID", `baseline file: ${field}: ${message}`, { field });
  }
  return upgradeBaseline(parsed.data.baseline as Baseline);
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(file);
  } catch (cause) {
    throw new StraycallError("CONFIG_INVALID", "baseline file: is no JSON", { cause });
  }
}
