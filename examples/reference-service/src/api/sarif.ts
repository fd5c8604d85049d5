import {
  type Detection,
  describeDetection,
  type Links,
  type RunRecord,
  type Severity,
  visibleText,
} from "@straycall/core";
import type { Log, ReportingDescriptor, Result } from "sarif";

const levels: Record<Severity, Result.level> = {
  info: "note",
  low: "note",
  medium: "warning",
  high: "error",
  critical: "error",
};
/** GitHub orders by it: https://docs.github.com/code-security/reference/code-scanning/sarif-support-for-code-scanning */
const scores: Record<Severity, string> = {
  info: "1.0",
  low: "3.0",
  medium: "5.0",
  high: "8.0",
  critical: "9.5",
};

const rules: Record<Detection["kind"], string> = {
  "new-endpoint": "A job called an endpoint that it never called before",
  "new-behavior": "A job called a known endpoint in a way that it never did",
  "unusual-traffic": "A known endpoint took more traffic than ever",
  "new-job": "A job was never seen before",
  "blocked-call": "A policy refused a call",
};

/**
 * A run's detections in the Static Analysis Results Interchange Format, 2.1.0
 * (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html). Each lies in the workflow that defines the job.
 */
export function sarifOf(
  run: RunRecord,
  detections: readonly Detection[],
  links: Required<Links>,
): Log {
  return {
    version: "2.1.0",
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    runs: [
      {
        tool: { driver: { name: "Straycall", rules: Object.entries(rules).map(ruleOf) } },
        automationDetails: { id: visibleText(`straycall/${run.key}`, 500) },
        ...(run.commit === undefined ? {} : { versionControlProvenance: provenance(run) }),
        results: detections.map((detection) => resultOf(detection, links)),
      },
    ],
  };
}

function ruleOf([id, text]: [string, string]): ReportingDescriptor {
  return { id, shortDescription: { text }, properties: { tags: ["security"] } };
}

function provenance({ commit, job, url }: RunRecord) {
  const repository = url === undefined ? undefined : new URL(`/${encodeURI(job.repository)}`, url);
  return repository === undefined || commit === undefined
    ? []
    : [{ repositoryUri: repository.href, revisionId: visibleText(commit, 128) }];
}

function resultOf(detection: Detection, links: Required<Links>): Result {
  const { title, summary, reasons } = describeDetection(detection);
  const { id, kind, severity, job, jobKey, subject, status } = detection;
  return {
    ruleId: kind,
    level: levels[severity],
    message: { text: [`${title}.`, summary, ...reasons].join(" ") },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: encodeURI(visibleText(job.workflow, 512)) },
          region: { startLine: 1 },
        },
        logicalLocations: [{ name: visibleText(job.job, 200), kind: "function" }],
      },
    ],
    partialFingerprints: {
      "straycall/v1": [jobKey, kind, subject].map(encodeURIComponent).join("/"),
    },
    hostedViewerUri: links.detection(detection),
    ...(status === "suppressed"
      ? { suppressions: [{ kind: "external", status: "accepted" }] }
      : {}),
    properties: { "security-severity": scores[severity], severity, detection: id },
  };
}
