import type { Detection, DetectionKind } from "../detection/detection.js";
import type { RunKey } from "../run/run.js";
import type { Together } from "./notification.js";

/*
 * The names of bundles: what is due together of one bundle and notifier is told in one message.
 */

export const runBundle = (key: RunKey): string => `run:${key}`;

/** Of a day, `2026-01-31`. */
export const digestBundle = (day: string): string => `digest:${day}`;

/** Of what was seen in more than one job. */
export const fleetBundle = ({ kind, subject }: Pick<Detection, "kind" | "subject">): string =>
  `fleet:${kind satisfies DetectionKind} ${subject}`;

const reasons: readonly Together[] = ["run", "digest", "fleet"];

/** Why deliveries of a bundle are told together; `undefined` without one. */
export function bundleReason(bundle: string | undefined): Together | undefined {
  return reasons.find((reason) => bundle?.startsWith(`${reason}:`));
}
