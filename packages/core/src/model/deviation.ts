import type { GroupKey } from "../baseline/baseline.js";
import type { BaselineIndex } from "../baseline/baseline-index.js";
import { ownersPlace } from "../baseline/chain-groups.js";
import type { FleetSightings } from "../baseline/fleet-sightings.js";
import type { RunTraffic } from "../baseline/traffic.js";
import type { OutlierScorer } from "../contracts/outlier-scorer.js";
import {
  compareSeverity,
  type Detection,
  type DetectionKind,
  type Severity,
  severities,
} from "../detection/detection.js";
import { domainParts } from "../endpoint/domain-name.js";
import { type EndpointKey, endpointKey } from "../endpoint/endpoint.js";
import { endpointChain } from "../endpoint/endpoint-chain.js";
import { dualUseOf } from "../knowledge/dual-use.js";
import { assessKnownEndpoint } from "./assess-known-endpoint.js";
import { assessNewEndpoint } from "./assess-new-endpoint.js";
import { assessTraffic, type MovedAt, trafficPlace } from "./assess-traffic.js";
import type { Assessment } from "./assessment.js";
import type { Observation } from "./observation.js";
import { severityWithoutHistory } from "./severity-of-bits.js";

/** How a call differs from what its job normally does. */
export interface Deviation {
  kind: DetectionKind;
  /** What makes it one: told once for each (job, kind, subject). */
  subject: string;
  assessment: Assessment;
  /** What is new about a call to a known endpoint, `lineage:install-script`. */
  newHabits?: readonly string[];
  /** Of which it is told: the owner's place that a new endpoint lies in, a known endpoint. */
  place?: GroupKey | EndpointKey;
}

/** Another way to call a known endpoint, or unusual traffic, is worth a detection from here on. */
const leastBehavior: Severity = "medium";
/** While a baseline is learning everything is new: only what is as bad as this by itself is told. */
const leastWhileLearning: Severity = "high";
/** Below this an unseen endpoint is expected churn: what it shows counts as evidence, and what is worse is told again. */
const leastSuspicious: Severity = "low";

const isAtLeast = (severity: Severity, least: Severity) => compareSeverity(severity, least) >= 0;

/**
 * Whether a deviation is told at once, also by a baseline that is learning: then only what is bad without its history,
 * because a few runs that brought nothing new say little of the next one.
 */
export function isWorthTelling({ assessment }: Deviation, isLearning: boolean): boolean {
  return !isLearning || isAtLeast(severityWithoutHistory(assessment), leastWhileLearning);
}

/**
 * Whether what was told may make other things look normal: it was expected anyway, or somebody has looked at it.
 */
export function addsEvidence({
  severity,
  status,
}: Pick<Detection, "severity" | "status">): boolean {
  return (
    !isAtLeast(severity, leastSuspicious) || status === "acknowledged" || status === "resolved"
  );
}

/**
 * Compares a call with the baseline.
 *
 * An endpoint that it does not hold is always a deviation, however harmless; a known one only if what is new about the
 * call is worth it.
 */
export function deviationOf(
  observation: Observation,
  index: BaselineIndex,
  fleet?: FleetSightings,
): Deviation | undefined {
  const key = endpointKey(observation.endpoint);
  if (!holdsEndpoint(index, key)) {
    const assessment = assessNewEndpoint(observation, index, fleet);
    const place = placeToTell(observation);
    return { kind: "new-endpoint", subject: key, assessment, ...(place ? { place } : {}) };
  }
  const behavior = assessKnownEndpoint(observation, index);
  if (behavior === undefined || !isAtLeast(behavior.severity, leastBehavior)) return undefined;
  const { newHabits, ...assessment } = behavior;
  const [first] = newHabits;
  if (first === undefined) return undefined;
  return { kind: "new-behavior", subject: `${key} ${first}`, assessment, newHabits, place: key };
}

/** Hosts where anybody can write are not one owner's, whoever runs them. */
function placeToTell({ endpoint, addressClass }: Observation): GroupKey | undefined {
  const place = ownersPlace(endpointChain(endpoint, addressClass));
  const isShared = place?.startsWith("domain:") && dualUseOf(endpoint.host) !== undefined;
  return isShared && !domainParts(endpoint.host).multiTenant ? undefined : place;
}

/**
 * Whether the same was told before, as bad as this, and nobody has looked at that yet: another host of the same owner,
 * another new way to call the endpoint. It is recorded, and not pushed again.
 */
export function isRepeat({ place, assessment }: Deviation, index: BaselineIndex): boolean {
  const told = place === undefined ? undefined : index.told.get(place);
  return told !== undefined && compareSeverity(assessment.severity, told) <= 0;
}

export function holdsEndpoint({ baseline }: BaselineIndex, key: EndpointKey): boolean {
  return baseline !== undefined && Object.hasOwn(baseline.endpoints, key);
}

/**
 * Under which names a deviation is told that is worse than what was told of the same thing before. A refused call has
 * none, and a new job neither: that it was refused, that it is new, is enough.
 */
export function worseForms({
  kind,
  subject,
}: Pick<Deviation, "kind" | "subject">): Pick<Deviation, "kind" | "subject">[] {
  if (kind === "blocked-call" || kind === "new-job") return [];
  const worseKind = kind === "new-endpoint" ? "new-behavior" : kind;
  return severities
    .filter((severity) => isAtLeast(severity, leastSuspicious))
    .map((severity) => ({ kind: worseKind, subject: `${subject} ${severity}` }));
}

/** The deviation as it is told by its severity: if that is worse than what was told of the same thing before. */
export function worseThanTold(deviation: Deviation, told: Severity): Deviation | undefined {
  const { severity } = deviation.assessment;
  if (!isAtLeast(severity, leastSuspicious) || compareSeverity(severity, told) <= 0) {
    return undefined;
  }
  const form = worseForms(deviation).find(({ subject }) => subject.endsWith(` ${severity}`));
  return form && { ...deviation, ...form };
}

/**
 * Compares what a program moved at a place in this run with the baseline; by `outliers` also how bytes, calls and time
 * go together.
 */
export function trafficDeviation(
  at: MovedAt,
  amounts: RunTraffic,
  index: BaselineIndex,
  outliers?: OutlierScorer,
): { surprise?: number; deviation?: Deviation } {
  const { surprise, ...assessment } = assessTraffic(at, amounts, index, outliers);
  const found = surprise === undefined ? {} : { surprise };
  if (!isAtLeast(assessment.severity, leastBehavior)) return found;
  const subject = `${trafficPlace(at)} ${at.program}`;
  return { ...found, deviation: { kind: "unusual-traffic", subject, assessment } };
}
