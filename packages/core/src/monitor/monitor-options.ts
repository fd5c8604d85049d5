import type { BaselineOptions } from "../baseline/baseline-options.js";
import type { CiProvider } from "../contracts/ci-provider.js";
import type { Logger } from "../contracts/logger.js";
import type { Notifier } from "../contracts/notifier.js";
import type { Store } from "../contracts/store.js";
import type { Links } from "../delivery/links.js";
import type { RetrySchedule } from "../delivery/retry-schedule.js";
import { type Severity, severities } from "../detection/detection.js";
import type { SessionLimits } from "../run/run-session.js";
import { StraycallError } from "../straycall-error.js";

export interface MonitorOptions {
  store: Store;
  /** Every detection is told once through each. Default none. */
  notifiers?: readonly Notifier[];
  /**
   * The least severity that is told. What is below it is recorded and shown. `info` tells every new endpoint; default
   * `low`.
   */
  notifyFrom?: Severity;
  baseline?: BaselineOptions;
  /** What the CI platform knows of runs, for `investigate`. Default: nothing is asked. */
  ci?: CiProvider;
  /** How long `investigate` waits for the CI platform, milliseconds. Default 30,000. */
  ciPatienceMs?: number;
  /** Where notifications link to. */
  links?: Links;
  retry?: Partial<RetrySchedule>;
  limits?: SessionLimits;
  /** Default: nothing is logged. A pino logger fits. */
  logger?: Logger;
  /** The clock, epoch milliseconds. Default `Date.now`. */
  now?: () => number;
}

/** What can stand in a header: a delivery's id, which holds the name, is sent along as one. */
const notifierName = /^[\x21-\x7e]{1,64}$/;

/** Checks that every notifier has a name of its own: deliveries are kept by it. Throws CONFIG_INVALID. */
export function checkNotifiers(notifiers: readonly Notifier[]): readonly Notifier[] {
  const names = new Set<string>();
  for (const { name } of notifiers) {
    if (!notifierName.test(name)) {
      throw invalid(`"${name}" is no name: it takes 1 to 64 visible ASCII characters`);
    }
    if (names.has(name)) throw invalid(`"${name}" is taken twice`);
    names.add(name);
  }
  return notifiers;
}

/** Fills in the default. Throws CONFIG_INVALID. */
export function checkNotifyFrom(severity: Severity = "low"): Severity {
  if (severities.includes(severity)) return severity;
  throw new StraycallError("CONFIG_INVALID", `notifyFrom must be one of ${severities.join(", ")}`, {
    field: "notifyFrom",
  });
}

function invalid(problem: string): StraycallError {
  return new StraycallError("CONFIG_INVALID", `notifiers need names of their own: ${problem}`, {
    field: "notifiers",
  });
}
