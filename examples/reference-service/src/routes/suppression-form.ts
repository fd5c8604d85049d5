import type { Detection, SuppressionRequest } from "@straycall/core";
import type { SuppressionDraft } from "../pages/new-suppression-page.js";

const fields = [
  ...["host", "port", "address", "process"],
  ...["repository", "workflow", "job", "kind"],
] as (keyof SuppressionDraft["match"])[];
const dayMs = 86_400_000;

/** A rule for what a detection tells of, narrow enough to begin with. */
export function draftFor(detection: Detection | undefined): SuppressionDraft {
  const empty = { match: {}, reason: "", days: "", force: false };
  if (detection === undefined) return empty;
  const { endpoint, job, evidence } = detection;
  const program = evidence.process?.executable;
  return {
    ...empty,
    match: {
      host: endpoint.host,
      port: String(endpoint.port),
      repository: job.repository,
      ...(program ? { process: program } : {}),
    },
  };
}

export function readDraft(form: FormData): SuppressionDraft {
  const text = (name: string) => String(form.get(name) ?? "").trim();
  const given = fields.map((field) => [field, text(field)] as const);
  return {
    match: Object.fromEntries(given.filter(([, value]) => value !== "")),
    reason: text("reason"),
    days: text("days"),
    force: form.has("force"),
  };
}

/** What is wrong with it the monitor says. */
export function requestOf(
  { match, reason, days, force }: SuppressionDraft,
  by: string,
  now: number,
): SuppressionRequest {
  const { port, ...texts } = match;
  const request = {
    match: { ...texts, ...(port === undefined ? {} : { port: Number(port) }) },
    reason,
    by,
    ...(days === "" ? {} : { expiresAt: now + Number(days) * dayMs }),
    ...(force ? { force } : {}),
  };
  return request as SuppressionRequest;
}
