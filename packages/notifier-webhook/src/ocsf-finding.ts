import {
  type Detection,
  describeDetection,
  type ProcessRecord,
  type Review,
  type Severity,
  type ToldDetection,
  visibleText,
  webLink,
} from "@straycall/core";

/**
 * A Detection Finding of the Open Cybersecurity Schema Framework, 1.5.0
 * (https://schema.ocsf.io/1.5.0/classes/detection_finding).
 */
export type OcsfFinding = Readonly<Record<string, unknown>>;

const severityIds: Record<Severity, number> = { info: 1, low: 2, medium: 3, high: 4, critical: 5 };
const severityNames: Record<Severity, string> = {
  info: "Informational",
  low: "Low",
  medium: "Medium",
  high: "High",
  critical: "Critical",
};
const statuses: Record<Detection["status"], { id: number; name: string }> = {
  new: { id: 1, name: "New" },
  acknowledged: { id: 2, name: "In Progress" },
  suppressed: { id: 3, name: "Suppressed" },
  resolved: { id: 4, name: "Resolved" },
};
const classUid = 2004;
const maxAncestors = 16;

export interface OcsfFindingOptions {
  /** It is told because of this. */
  review?: Review;
  isTest?: true;
}

/** Writes a detection as a finding: every text is visible and bounded, what little is known leaves fields out. */
export function ocsfFinding(
  { detection, links }: ToldDetection,
  { review, isTest }: OcsfFindingOptions = {},
): OcsfFinding {
  const { title, summary, reasons } = describeDetection(detection);
  const { severity, status, evidence, endpoint, job, run } = detection;
  const activity = activityOf(review);
  const time = Math.round(review?.at ?? detection.occurredAt);
  const page = webLink(links.detection);
  return visible({
    activity_id: activity.id,
    activity_name: activity.name,
    category_uid: 2,
    category_name: "Findings",
    class_uid: classUid,
    class_name: "Detection Finding",
    type_uid: classUid * 100 + activity.id,
    type_name: `Detection Finding: ${activity.name}`,
    severity_id: severityIds[severity],
    severity: severityNames[severity],
    status_id: statuses[status].id,
    status: statuses[status].name,
    time,
    message: isTest ? `Test: ${summary}` : summary,
    comment: review?.note === undefined ? undefined : review.note,
    metadata: defined({
      version: "1.5.0",
      product: { name: "Straycall", vendor_name: "Straycall" },
      uid: review === undefined ? detection.id : `${detection.id}:${time}`,
      correlation_uid: run.key,
      labels: isTest ? ["test"] : undefined,
    }),
    finding_info: defined({
      uid: detection.id,
      title,
      desc: [summary, ...reasons].join(" "),
      types: [detection.kind],
      created_time: Math.round(detection.recordedAt),
      first_seen_time: Math.round(detection.occurredAt),
      src_url: page,
      analytic: { name: "Straycall baseline", type_id: 3, type: "Statistical" },
    }),
    evidences: [
      defined({
        process: evidence.process && processObject(evidence.process, evidence.ancestors),
        dst_endpoint: defined({
          ...(evidence.call.ip === endpoint.host ? {} : { hostname: endpoint.host }),
          ip: evidence.call.ip,
          port: endpoint.port,
        }),
        connection_info: defined({
          direction_id: 2,
          direction: "Outbound",
          protocol_name: evidence.call.transport,
        }),
        ...httpOf(detection),
      }),
    ],
    resources: [{ name: job.repository, type: "Repository", uid: detection.jobKey }],
    unmapped: defined({
      job: { platform: job.platform, workflow: job.workflow, job: job.job },
      run: defined({
        id: run.runId,
        attempt: run.attempt,
        commit: run.commit,
        ref: run.ref,
        url: webLink(links.run),
      }),
      step: evidence.call.step?.name,
      reviewed_by: review?.by,
    }),
  });
}

function activityOf(review: Review | undefined): { id: number; name: string } {
  if (review === undefined) return { id: 1, name: "Create" };
  return review.action === "resolve" ? { id: 3, name: "Close" } : { id: 2, name: "Update" };
}

function processObject(process: ProcessRecord, ancestors: readonly ProcessRecord[]): object {
  const [parent, ...above] = ancestors.slice(0, maxAncestors);
  return defined({
    pid: process.pid,
    uid: process.entityId,
    name: process.executable?.split("/").at(-1) ?? "",
    cmd_line: process.commandLine,
    created_time: process.startedAt === undefined ? undefined : Math.round(process.startedAt),
    working_directory: process.workingDirectory,
    file: process.executable
      ? {
          name: process.executable.split("/").at(-1) ?? "",
          path: process.executable,
          type_id: 1,
        }
      : undefined,
    user: process.userName
      ? defined({
          name: process.userName,
          uid: process.userId === undefined ? undefined : String(process.userId),
        })
      : undefined,
    parent_process: parent && processObject(parent, above),
  });
}

function httpOf({ evidence }: Detection): object {
  const [request] = evidence.call.http;
  if (request === undefined) return {};
  return {
    http_request: defined({
      http_method: request.method,
      url: defined({
        hostname: request.host,
        path: request.path,
      }),
    }),
  };
}

/** Everything in it came from a machine that an attacker may hold. */
function visible(value: object): OcsfFinding {
  const shown = (field: unknown): unknown => {
    if (typeof field === "string") return visibleText(field, 4_000);
    if (Array.isArray(field)) return field.map(shown);
    return typeof field === "object" && field !== null ? visible(field) : field;
  };
  return Object.fromEntries(
    Object.entries(defined(value)).map(([name, field]) => [name, shown(field)]),
  );
}

/** Without the fields that hold nothing. */
function defined<T extends object>(value: T): T {
  const entries = Object.entries(value).filter(([, field]) => field !== undefined && field !== "");
  return Object.fromEntries(entries) as T;
}
