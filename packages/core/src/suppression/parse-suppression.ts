import { z } from "zod";
import { type DetectionKind, detectionKinds } from "../detection/detection.js";
import { normalizeAddress } from "../endpoint/address.js";
import { firstProblem } from "../events/parse-events.js";
import { dualUseOf } from "../knowledge/dual-use.js";
import { StraycallError } from "../straycall-error.js";
import { parseAddressBlock } from "./address-block.js";
import { silencedSharedHost } from "./shared-hosts.js";
import type { SuppressionMatch } from "./suppression.js";

/** What somebody wants to keep quiet, and why. */
export interface SuppressionRequest {
  match: SuppressionMatch;
  /** 1 to 2,000 characters. */
  reason: string;
  /** Who wants it, 1 to 200 characters. */
  by: string;
  /** Epoch milliseconds; default: never. */
  expiresAt?: number;
  /** Silence a host where anybody can leave data, for every process, all the same. */
  force?: boolean;
}

const pattern = z.string().trim().min(1).max(512);

const matchSchema = z.strictObject({
  repository: pattern.optional(),
  workflow: pattern.optional(),
  job: pattern.optional(),
  kind: z.enum(detectionKinds as readonly [DetectionKind, ...DetectionKind[]]).optional(),
  host: pattern.transform(normalHost).optional(),
  port: z.number().int().min(0).max(65_535).optional(),
  address: z
    .string()
    .trim()
    .max(64)
    .refine((text) => parseAddressBlock(text) !== undefined, "must be an address or a CIDR block")
    .optional(),
  process: pattern.optional(),
});

const requestSchema = z.strictObject({
  match: matchSchema,
  reason: z.string().trim().min(1).max(2_000),
  by: z.string().trim().min(1).max(200),
  expiresAt: z.number().positive().optional(),
  force: z.boolean().optional(),
});

/**
 * Checks what came from outside.
 *
 * @throws StraycallError CONFIG_INVALID naming the field; also if the rule has none of `host`, `address` and `process`, if
 * these are nothing but `*`, or if it silences a host where anybody can leave data, for every process, and is not forced
 */
export function parseSuppression(given: unknown, now: number): SuppressionRequest {
  const parsed = requestSchema.safeParse(given);
  if (!parsed.success) {
    const { field, message } = firstProblem(parsed.error);
    throw invalid(field, `the suppression's ${field || "rule"}: ${message}`);
  }
  const request = withoutUndefined(parsed.data);
  const { match, expiresAt, force } = request;
  if (expiresAt !== undefined && expiresAt <= now) {
    throw invalid("expiresAt", "the suppression's expiresAt: must be in the future");
  }
  const places = [match.host, match.address, match.process];
  if (places.every((place) => place === undefined || /^\*+$/.test(place))) {
    throw invalid("match", "the suppression must name a host, an address or a process");
  }
  const isAlone = match.host === undefined && match.process === undefined;
  if (isAlone && match.address !== undefined && isWide(match.address)) {
    const message = "is too wide without a host or a process: at least /8, of IPv6 /16";
    throw invalid("match.address", `the suppression's match.address ${message}`);
  }
  const shared = silencedSharedHost(match);
  if (shared !== undefined && !force) {
    const why = dualUseOf(shared)?.text ?? "";
    const message = `the suppression would silence ${shared} for every process. ${why} Name the process, or force it`;
    throw invalid("match.host", message);
  }
  return request;
}

function isWide(block: string): boolean {
  const [address, bits] = parseAddressBlock(block) ?? [];
  return bits === undefined || bits < (address?.kind() === "ipv4" ? 8 : 16);
}

function normalHost(host: string): string {
  return normalizeAddress(host) ?? host.toLowerCase().replace(/\.$/, "");
}

function withoutUndefined({ match, ...rest }: z.infer<typeof requestSchema>): SuppressionRequest {
  const defined = <T extends object>(value: T): T =>
    Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
  return { ...defined(rest), match: defined(match) } as SuppressionRequest;
}

function invalid(field: string, message: string): StraycallError {
  return new StraycallError("CONFIG_INVALID", message, { field });
}
