import type { Logger } from "../contracts/logger.js";
import type { Notifier } from "../contracts/notifier.js";
import type { RunReport } from "./run-report.js";

/** Tells the notifiers that want to know it that runs have ended: once, and as far as it goes. */
export interface RunEnds {
  tell(report: RunReport): void;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

const timeoutMs = 30_000;

export function runEnds({
  notifiers,
  logger,
}: {
  notifiers: readonly Notifier[];
  logger: Logger;
}): RunEnds {
  const underWay = new Set<Promise<void>>();
  return {
    tell(report) {
      for (const notifier of notifiers) {
        if (notifier.runFinished === undefined) continue;
        const telling = notifier
          .runFinished(report, AbortSignal.timeout(timeoutMs))
          .catch((error: unknown) =>
            logger.warn(
              { run: report.run.key, notifier: notifier.name, err: error },
              "could not tell that the run has ended",
            ),
          )
          .finally(() => underWay.delete(telling));
        underWay.add(telling);
      }
    },
    async close() {
      await Promise.all(underWay);
    },
  };
}
