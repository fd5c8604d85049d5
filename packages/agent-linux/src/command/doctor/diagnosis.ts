import type { CaptureKind } from "../arguments.js";
import type { Finding } from "./findings.js";

/** What this machine can capture, and how. */
export interface Diagnosis {
  machine: { platform: string; arch: string; kernel: string };
  /** How `run` can capture here: the best way that works. */
  capture: CaptureKind | "none";
  /** Why a way does not work, by way; each with what to do. */
  refused: Partial<Record<CaptureKind, string[]>>;
  findings: Finding[];
  /** Whether calls can be denied, and what a policy leaves open; unset where no programs load. */
  blocking?: Finding;
  /** What the agent says that it cannot see. */
  blindSpots: readonly string[];
}
