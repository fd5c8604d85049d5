import { z } from "zod";

/* What events of several types have. */

export const envelope = {
  /** Unique within the run. The same id again is the same event again, and is ignored. */
  id: z.string().min(1).max(128),
  /** When it happened: epoch milliseconds, fractions allowed. */
  time: z.number().min(0).max(8.64e15),
  /**
   * The same moment by a clock that nobody can set: milliseconds of the machine's monotonic clock, fractions allowed.
   * A job that runs as root can move the other one.
   */
  monotonic_time: z.number().min(0).max(8.64e15).optional(),
};

export const pid = z.int().min(0).max(0xffff_ffff);
export const port = z.int().min(0).max(65_535);
export const ip = z.union([z.ipv4(), z.ipv6()], { error: "must be an IPv4 or IPv6 address" });
export const count = z.number().min(0).max(Number.MAX_SAFE_INTEGER);
const entityId = z.string().min(1).max(128);
/** Longer than DNS allows, for names in presentation form with escapes. */
export const hostName = z.string().min(1).max(1024);

/** The process that did it. Only `pid` must be known; `entity_id` keeps two processes with one pid apart. */
export const processRefSchema = z.object({
  pid,
  entity_id: entityId.optional(),
  parent: z.object({ pid, entity_id: entityId.optional() }).optional(),
  thread: z.object({ id: pid }).optional(),
  /** When it was made, epoch milliseconds: pids are used again, pid and start are not. */
  start: envelope.time.optional(),
});

export const connectionSchema = z.object({
  /** Unique within the run; ties the events of one connection together. */
  id: z.string().min(1).max(128),
});

/** Calls of one network namespace reach what those of another may not. `4026531840`, the kernel's number. */
export const namespace = z.string().min(1).max(64);
