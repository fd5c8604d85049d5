import { z } from "zod";
import {
  type DetectionKind,
  detectionKinds,
  type Severity,
  severities,
} from "../detection/detection.js";
import { firstProblem } from "../events/parse-events.js";
import { StraycallError } from "../straycall-error.js";

/**
 * When a detection is told: at once, all of a run in one message at its end, or all of a day in one.
 */
export type Pace = "immediate" | "per-run" | "daily";

/** Where detections of some repositories go, and how. What is left out is as for all others. */
export interface Route {
  /** Which repositories: `acme/shop`, `acme/*`. */
  repository: string;
  /** Names of the notifiers that tell them; none: they are not told. */
  notifiers: string[];
  minimumSeverity?: Severity;
  pace?: Pace;
  kinds?: Partial<Record<DetectionKind, boolean>>;
}

/** What is told, to whom and when. */
export interface NotificationSettings {
  /** Which kinds of detections are told. Default all. */
  kinds: Record<DetectionKind, boolean>;
  /** The least severity that is told. Default the monitor's `notifyFrom`. */
  minimumSeverity: Severity;
  /** Default `immediate`. */
  pace: Pace;
  /** When the day's message is sent, 0 to 23. Default 7. */
  dailyAtHourUtc: number;
  /** The first that fits a repository counts. Where none does, all notifiers tell. Default none. */
  routes: Route[];
  /**
   * The same in a second job within so many minutes waits so long, and is told in one message with those of further jobs.
   * 0 tells each at once. Default 15.
   */
  fleetWindowMinutes: number;
}

const severity = z.enum(severities as readonly [Severity, ...Severity[]]);
const pace = z.enum(["immediate", "per-run", "daily"] satisfies Pace[]);
const kindNames = z.enum(detectionKinds as readonly [DetectionKind, ...DetectionKind[]]);
const someKinds = z.partialRecord(kindNames, z.boolean());

const routeSchema = z.strictObject({
  repository: z.string().trim().min(1).max(512),
  notifiers: z.array(z.string().min(1).max(64)).max(50),
  minimumSeverity: severity.optional(),
  pace: pace.optional(),
  kinds: someKinds.optional(),
});

const settingsSchema = z.strictObject({
  kinds: someKinds.optional(),
  minimumSeverity: severity.optional(),
  pace: pace.optional(),
  dailyAtHourUtc: z.number().int().min(0).max(23).optional(),
  routes: z.array(routeSchema).max(500).optional(),
  fleetWindowMinutes: z.number().int().min(0).max(1_440).optional(),
});

/** What may be changed: each field that is given, as a whole; of `kinds` each kind. */
export type NotificationSettingsChange = Partial<Omit<NotificationSettings, "kinds">> & {
  kinds?: Partial<Record<DetectionKind, boolean>>;
};

export function defaultNotificationSettings(minimumSeverity: Severity): NotificationSettings {
  const kinds = Object.fromEntries(detectionKinds.map((kind) => [kind, true]));
  return {
    kinds: kinds as Record<DetectionKind, boolean>,
    minimumSeverity,
    pace: "immediate",
    dailyAtHourUtc: 7,
    routes: [],
    fleetWindowMinutes: 15,
  };
}

/**
 * Makes the settings that a change leads to.
 *
 * @throws StraycallError CONFIG_INVALID naming the field, also for a notifier that is none of `notifiers`
 */
export function changedSettings(
  before: NotificationSettings,
  change: unknown,
  notifiers: readonly string[],
): NotificationSettings {
  const parsed = settingsSchema.safeParse(change);
  if (!parsed.success) {
    const { field, message } = firstProblem(parsed.error);
    throw invalid(field, message);
  }
  for (const [at, route] of (parsed.data.routes ?? []).entries()) {
    for (const [index, name] of route.notifiers.entries()) {
      if (notifiers.includes(name)) continue;
      const known = notifiers.length === 0 ? "there is none" : `there are ${notifiers.join(", ")}`;
      throw invalid(`routes[${at}].notifiers[${index}]`, `no notifier is called ${name}; ${known}`);
    }
  }
  const { kinds, ...fields } = withoutUndefined(parsed.data);
  return { ...before, ...fields, kinds: { ...before.kinds, ...kinds } } as NotificationSettings;
}

function withoutUndefined<T extends object>(value: T): T {
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return Object.fromEntries(entries) as T;
}

function invalid(field: string, message: string): StraycallError {
  const text = `the notification settings' ${field || "value"}: ${message}`;
  return new StraycallError("CONFIG_INVALID", text, { field });
}
