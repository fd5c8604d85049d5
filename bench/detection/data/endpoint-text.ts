import { parseEndpoint } from "@straycall/core";
import { parse } from "tldts";

/** An endpoint of an allow list: one host, or a pattern whose stars stand for hosts to be made up. */
export interface ListedEndpoint {
  /** Normalized; a star stands for one or more labels, or a part of one. */
  host: string;
  port: number;
  pattern: boolean;
}

/** What stands for a star while core's reader looks at the rest. */
const starStandIn = "x--star--x";

/**
 * Reads an endpoint as people wrote it on an allow list: `example.com:443`, `*.example.com:443`, `cp*.example.com`,
 * `https://example.com/path`. Without a port it is 443, as the tools that read these lists have it.
 *
 * Answers `undefined` for what is none: an expression, a star that could be any host.
 */
export function readListedEndpoint(text: string): ListedEndpoint | undefined {
  if (text.includes("${") || /\s/.test(text.trim())) return undefined;
  try {
    const { host, port } = parseEndpoint(text.replaceAll("*", starStandIn), 443);
    const written = host.replaceAll(starStandIn, "*");
    if (/[^a-z0-9_.:*-]/.test(written) || !/[a-z0-9]/.test(written)) return undefined;
    const pattern = written.includes("*");
    const afterStar = written.slice(written.lastIndexOf("*") + 1);
    if (!couldResolve(written)) return undefined;
    if (pattern && !/^[a-z0-9_-]*\.[a-z0-9_-]+/.test(afterStar)) return undefined;
    return { host: written, port, pattern };
  } catch {
    return undefined;
  }
}

/**
 * Nobody called a slip of the pen below a top-level domain that there is not (`example.co:m`, `files.example`): names
 * without a dot, and those of local networks (RFC 6761, RFC 8375), can resolve.
 */
function couldResolve(host: string): boolean {
  const { isIcann, isIp, isPrivate, publicSuffix } = parse(host.replaceAll("*", "star"), {
    allowPrivateDomains: true,
  });
  if (isIp || isIcann || isPrivate || !host.includes(".")) return true;
  const local = /^(?:local|localhost|internal|lan|home|corp|test|invalid|example|arpa)$/;
  return local.test(publicSuffix ?? "");
}

/** A listed endpoint as one string. */
export function listedKey(endpoint: ListedEndpoint): string {
  return `${endpoint.host}:${endpoint.port}`;
}
