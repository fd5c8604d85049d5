import type { DetectionKind } from "../detection/detection.js";

/**
 * Which detections a rule keeps quiet: those that all of its fields match.
 *
 * In texts `*` stands for any characters. At least one of `host`, `address` and `process` is given: a rule that
 * silences a whole job, or everything, is no rule.
 */
export interface SuppressionMatch {
  repository?: string;
  workflow?: string;
  job?: string;
  kind?: DetectionKind;
  /** `*.example.com` is every host below it, not itself. */
  host?: string;
  port?: number;
  /** An address or a CIDR block, of the address that was called. */
  address?: string;
  /** Path of the executable, or its last part: `/usr/bin/curl`, `curl`. */
  process?: string;
}

/** One thing that was done to a rule. */
export interface SuppressionChange {
  /** Epoch milliseconds. */
  at: number;
  by: string;
  /** In words, a sentence. */
  what: string;
}

/** A rule that keeps detections quiet: they are recorded and shown as suppressed, and not told. */
export interface Suppression {
  id: string;
  match: SuppressionMatch;
  reason: string;
  createdBy: string;
  /** Epoch milliseconds, like all times here. */
  createdAt: number;
  /** From then on it matches nothing. */
  expiresAt?: number;
  /** It silences a host where anybody can leave data, for every process, and somebody wanted that. */
  forced?: true;
  /** When it was ended. It stays, for the history. */
  endedAt?: number;
  /** The oldest first. */
  history: SuppressionChange[];
}
