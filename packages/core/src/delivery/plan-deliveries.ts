import type { Store } from "../contracts/store.js";
import { compareSeverity, type Detection } from "../detection/detection.js";
import type { NotificationSettings, Pace, Route } from "../settings/notification-settings.js";
import { matchesWildcard } from "../suppression/wildcard.js";
import { digestBundle, fleetBundle, runBundle } from "./bundle.js";
import { type Delivery, dueDelivery } from "./delivery.js";

/** A run that is not heard of again tells what it found after so long. */
const longestRunWaitMs = 3_600_000;
const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** What becomes of a detection by the settings: a delivery for each notifier that is to tell it, and when. */
export async function planDeliveries(
  detection: Detection,
  settings: NotificationSettings,
  notifiers: readonly string[],
  { deliveries }: Pick<Store, "deliveries">,
): Promise<Delivery[]> {
  const route = settings.routes.find(({ repository }) =>
    matchesWildcard(repository, detection.job.repository),
  );
  if (!isTold(detection, settings, route)) return [];
  const pace = route?.pace ?? settings.pace;
  const plans = tellersOf(route, notifiers).map(async (notifier) => ({
    ...dueDelivery(detection, notifier),
    ...(await timing(detection, pace, settings, (bundle) => deliveries.newest(notifier, bundle))),
  }));
  return Promise.all(plans);
}

function isTold(detection: Detection, settings: NotificationSettings, route?: Route): boolean {
  const { kind, severity, repeats } = detection;
  if (!(route?.kinds?.[kind] ?? settings.kinds[kind])) return false;
  const least = route?.minimumSeverity ?? settings.minimumSeverity;
  // Whoever wants every new endpoint gets it.
  if (repeats && least !== "info") return false;
  return compareSeverity(severity, least) >= 0;
}

/** A route whose notifiers are all gone must not silence its repositories. */
function tellersOf(route: Route | undefined, notifiers: readonly string[]): readonly string[] {
  if (route === undefined || route.notifiers.length === 0) return route?.notifiers ?? notifiers;
  const there = notifiers.filter((name) => route.notifiers.includes(name));
  return there.length === 0 ? notifiers : there;
}

type Timing = Pick<Delivery, "dueAt" | "bundle" | "order">;

async function timing(
  detection: Detection,
  pace: Pace,
  settings: NotificationSettings,
  newest: (bundle: string) => Promise<Delivery | undefined>,
): Promise<Timing> {
  const { recordedAt, run, kind } = detection;
  if (pace === "per-run") {
    return { bundle: runBundle(run.key), order: run.key, dueAt: recordedAt + longestRunWaitMs };
  }
  if (pace === "daily") return dailyTiming(recordedAt, settings.dailyAtHourUtc);
  const windowMs = settings.fleetWindowMinutes * minuteMs;
  // Two new jobs have nothing in common.
  if (windowMs === 0 || kind === "new-job") return { dueAt: recordedAt, order: run.key };
  const bundle = fleetBundle(detection);
  const before = await newest(bundle);
  if (before === undefined || before.createdAt + windowMs <= recordedAt) {
    return { dueAt: recordedAt, order: run.key, bundle };
  }
  const isWaiting = before.status === "pending" && before.batch === undefined;
  const dueAt = isWaiting && before.dueAt > recordedAt ? before.dueAt : recordedAt + windowMs;
  // Without an order: what waits for others must not hold up what else its run tells.
  return { dueAt, bundle };
}

/** Due at the next such hour, in the digest of that day. */
function dailyTiming(recordedAt: number, hour: number): Timing {
  const today = Math.floor(recordedAt / dayMs) * dayMs + hour * hourMs;
  const dueAt = today > recordedAt ? today : today + dayMs;
  return { dueAt, bundle: digestBundle(new Date(dueAt).toISOString().slice(0, 10)) };
}
