import type { Baseline } from "../baseline/baseline.js";
import { knownHosts } from "../baseline/known-hosts.js";
import { endpointKey } from "../endpoint/endpoint.js";
import type { Call } from "../run/call.js";
import { compareSeverity, type Reason, type Severity } from "./detection.js";
import { newEndpointSeverity, type SeverityVerdict } from "./severity.js";

const least: Severity = "medium";

const refused: Reason = {
  code: "refused-by-policy",
  text: "The policy of the run does not allow this endpoint, so the call was refused.",
};

/**
 * How bad a call is that the policy refused: as bad as a new endpoint, and at least medium, for somebody decided
 * that the job does not go there.
 */
export function blockedCallSeverity(call: Call, baseline: Baseline | undefined): SeverityVerdict {
  const asNew = newEndpointSeverity(call, knownHosts(baseline));
  if (asNew.severity === "critical") return { ...asNew, reasons: [refused, ...asNew.reasons] };
  if (baseline?.endpoints[endpointKey(call.endpoint)]) {
    const text = "The job called it in runs that were learned: the policy may be too narrow.";
    return { severity: least, reasons: [refused, { code: "known-endpoint", text }] };
  }
  // Of a job that always runs with a policy nothing was learned: "never called before" would say nothing.
  const reasons = asNew.reasons.filter(({ code }) => baseline || code !== "new-domain");
  const isLess = compareSeverity(asNew.severity, least) < 0;
  return { severity: isLess ? least : asNew.severity, reasons: [refused, ...reasons] };
}
