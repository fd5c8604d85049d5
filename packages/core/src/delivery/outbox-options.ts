import type { Logger } from "../contracts/logger.js";
import type { Notifier } from "../contracts/notifier.js";
import type { Store } from "../contracts/store.js";
import type { Links } from "./links.js";
import type { RetrySchedule } from "./retry-schedule.js";

export interface OutboxOptions {
  store: Store;
  notifiers: readonly Notifier[];
  links: Links;
  retry: RetrySchedule;
  logger: Logger;
  now: () => number;
}
