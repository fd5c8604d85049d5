/** What went wrong, as a closed set a program can switch on. */
export type StraycallErrorCode =
  /** An option or setting is missing or wrong; the message names it. */
  | "CONFIG_INVALID"
  /** An event does not fit its schema; `field` names the field. */
  | "EVENT_INVALID"
  /** This machine cannot capture; the message says what is missing. */
  | "CAPTURE_UNSUPPORTED"
  /** Capture started and broke. */
  | "CAPTURE_FAILED"
  /** The store could not read or write. */
  | "STORE_FAILED"
  /** A notifier's receiver did not take the message. */
  | "NOTIFY_FAILED"
  /** The CI platform, or what stands in for it, did not answer. */
  | "CI_FAILED"
  /** The run or detection asked for does not exist. */
  | "NOT_FOUND"
  /** The monitor or store was used after `close()`. */
  | "CLOSED";

export interface StraycallErrorDetails {
  cause?: unknown;
  /** Path of the offending field, `events[3].destination.port`. */
  field?: string;
  /** Of NOTIFY_FAILED: the receiver wants to be left alone for so long, milliseconds. See {@link readRetryAfter}. */
  retryAfterMs?: number | undefined;
}

/** The one error class of every Straycall package. */
export class StraycallError extends Error {
  readonly code: StraycallErrorCode;
  readonly field: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: StraycallErrorCode, message: string, details: StraycallErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "StraycallError";
    this.code = code;
    this.field = details.field;
    this.retryAfterMs = details.retryAfterMs;
  }
}

/**
 * Tells whether `error` is a {@link StraycallError}, of `code` if one is given.
 *
 * Compares by name, not by class: an ESM and a CommonJS copy of this package can meet in one process.
 */
export function isStraycallError(
  error: unknown,
  code?: StraycallErrorCode,
): error is StraycallError {
  if (!(error instanceof Error) || error.name !== "StraycallError") return false;
  return code === undefined || (error as StraycallError).code === code;
}
