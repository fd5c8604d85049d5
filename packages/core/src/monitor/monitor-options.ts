import type { BaselineOptions } from "../baseline/baseline-options.js";
import type { Logger } from "../contracts/logger.js";
import type { Notifier } from "../contracts/notifier.js";
import type { Store } from "../contracts/store.js";
import type { Links } from "../delivery/links.js";
import type { RetrySchedule } from "../delivery/retry-schedule.js";
import type { SessionLimits } from "../run/run-session.js";
import { StraycallError } from "../straycall-error.js";

export interface MonitorOptions {
  store: Store;
  /** Every detection is told once through each. Default none. */
  notifiers?: readonly Notifier[];
  baseline?: BaselineOptions;
  /** Where notifications link to. */
  links?: Links;
  retry?: Partial<RetrySchedule>;
  limits?: SessionLimits;
  /** Default: nothing is logged. A pino logger fits. */
  logger?: Logger;
  /** The clock, epoch milliseconds. Default `Date.now`. */
  now?: () => number;
}

/** Checks that every notifier has its own name: deliveries are kept by it. Throws CONFIG_INVALID. */
export function checkNotifiers(notifiers: readonly Notifier[]): readonly Notifier[] {
  const names = new Set<string>();
  for (const { name } of notifiers) {
    if (name === "" || names.has(name)) {
      throw new StraycallError(
        "CONFIG_INVALID",
        `notifiers need names of their own, and "${name}" is ${name === "" ? "empty" : "taken twice"}`,
        { field: "notifiers" },
      );
    }
    names.add(name);
  }
  return notifiers;
}
