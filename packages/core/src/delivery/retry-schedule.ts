/** When a failed delivery is tried again. */
export interface RetrySchedule {
  /** Wait after the first failure, milliseconds; doubled after each more. Default 1,000. */
  firstDelayMs: number;
  /** The longest wait. Default one hour. */
  maxDelayMs: number;
  /** A delivery this old is dead. Default three days. */
  giveUpAfterMs: number;
}

export const defaultRetrySchedule: RetrySchedule = {
  firstDelayMs: 1_000,
  maxDelayMs: 3_600_000,
  giveUpAfterMs: 3 * 86_400_000,
};

/**
 * How long to wait after the `attempts`-th failure: exponential, with "equal jitter" (half fixed, half random) so
 * that what failed together does not come back together.
 *
 * See M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
 */
export function retryDelay(
  attempts: number,
  schedule: RetrySchedule,
  random: () => number = Math.random,
): number {
  const exponential = schedule.firstDelayMs * 2 ** Math.min(attempts - 1, 40);
  const delay = Math.min(exponential, schedule.maxDelayMs);
  return delay / 2 + (delay / 2) * random();
}
