import { constants } from "node:os";
import { compareSeverity, type RunReport, type Severity } from "@straycall/core";

/** Exit statuses that are Straycall's own. The last three are those of env(1) and sudo(8). */
export const exitStatus = {
  wrongUsage: 2,
  /** A detection reached `--fail-on`. */
  detected: 3,
  /** Straycall failed: the command was not run, or what was asked for (`--fail-on`, `--json`) cannot be given. */
  failed: 125,
  notExecutable: 126,
  notFound: 127,
} as const;

/** How a process ended: by itself, or killed by a signal. */
export interface CommandEnd {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** The status a shell would show for the command: its own, or 128 and the signal's number. */
export function commandStatus({ code, signal }: CommandEnd): number {
  return signal === null ? (code ?? 1) : signalStatus(signal);
}

export function signalStatus(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}

/** Tells whether the run showed something at least as bad as `failOn`. */
export function reachesSeverity(report: RunReport, failOn: Severity): boolean {
  return report.detections.some(({ severity }) => compareSeverity(severity, failOn) >= 0);
}
