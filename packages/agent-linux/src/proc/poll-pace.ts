const shortestPauseMs = 5;
const pausePerWork = 4;
const longestPauseMs = 500;

/**
 * How long to wait between two looks, so that looking takes no more than a share of one core.
 *
 * @param workMs what the last look took of a core's time
 */
export function pauseAfter(workMs: number): number {
  return Math.min(longestPauseMs, Math.max(shortestPauseMs, workMs * pausePerWork));
}
