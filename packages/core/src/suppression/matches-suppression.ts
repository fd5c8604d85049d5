import type { Detection } from "../detection/detection.js";
import { isInBlock, parseAddressBlock } from "./address-block.js";
import { isSharedHost } from "./shared-hosts.js";
import type { Suppression, SuppressionMatch } from "./suppression.js";
import { matchesWildcard } from "./wildcard.js";

/** Whether a rule is neither ended nor expired. */
export function isActive({ endedAt, expiresAt }: Suppression, at: number): boolean {
  return endedAt === undefined && (expiresAt === undefined || expiresAt > at);
}

/**
 * Whether a rule keeps a detection quiet.
 *
 * One that names no process never silences a host where anybody can leave data, unless it names that very host or was
 * forced: a wildcard or an address must not open a way out that nobody thought of.
 */
export function matchesSuppression(
  { match, forced }: Pick<Suppression, "match" | "forced">,
  detection: Detection,
): boolean {
  if (!matchesFields(match, detection)) return false;
  const { host } = detection.endpoint;
  if (forced || match.process !== undefined || match.host === host) return true;
  return !isSharedHost(host);
}

function matchesFields(match: SuppressionMatch, detection: Detection): boolean {
  const { job, kind, endpoint, evidence } = detection;
  const texts: [string | undefined, string][] = [
    [match.repository, job.repository],
    [match.workflow, job.workflow],
    [match.job, job.job],
    [match.host, endpoint.host],
  ];
  return (
    texts.every(([pattern, text]) => pattern === undefined || matchesWildcard(pattern, text)) &&
    (match.kind === undefined || match.kind === kind) &&
    (match.port === undefined || match.port === endpoint.port) &&
    (match.address === undefined || isCalledIn(match.address, detection)) &&
    (match.process === undefined || matchesProcess(match.process, evidence))
  );
}

function isCalledIn(block: string, { endpoint, evidence }: Detection): boolean {
  const parsed = parseAddressBlock(block);
  return parsed !== undefined && isInBlock(evidence.call.ip ?? endpoint.host, parsed);
}

function matchesProcess(pattern: string, { process }: Detection["evidence"]): boolean {
  const path = process?.executable;
  if (!path) return false;
  return matchesWildcard(pattern, path) || matchesWildcard(pattern, path.split("/").at(-1) ?? "");
}
