/** A command that the log and the capture agent both tell of. */
export interface Anchor {
  /** Index of the log's line. */
  line: number;
  /** When the log says that it was written, epoch milliseconds. */
  written: number | undefined;
  /** When the agent saw it start. */
  started: number;
}

/**
 * How far the log's clock is ahead of the agent's, milliseconds: the median over the commands that both tell of, so that a few
 * which were written long before they ran, or run again by something else, do not count.
 */
export function clockSkew(anchors: readonly Anchor[]): number | undefined {
  const offsets = anchors
    .flatMap(({ written, started }) => (written === undefined ? [] : [written - started]))
    .sort((one, other) => one - other);
  const middle = Math.floor(offsets.length / 2);
  const high = offsets[middle];
  if (high === undefined) return undefined;
  const low = offsets.length % 2 === 0 ? (offsets[middle - 1] ?? high) : high;
  return Math.round((low + high) / 2);
}
