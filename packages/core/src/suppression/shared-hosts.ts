import { domainParts } from "../endpoint/domain-name.js";
import { type DualUseKind, dualUseNames, dualUseOf } from "../knowledge/dual-use.js";
import type { SuppressionMatch } from "./suppression.js";
import { matchesWildcard } from "./wildcard.js";

/** Of these services a tenant's name is the tenant's own: a bucket, a site. */
const rentedKinds: ReadonlySet<DualUseKind> = new Set(["object-storage", "app-hosting"]);

/** Whether anybody can leave data at a host, by its service: a paste site, the raw files of a code host. */
export function isSharedHost(host: string): boolean {
  const service = dualUseOf(host);
  if (service === undefined) return false;
  const isRented = rentedKinds.has(service.kind) && domainParts(host).multiTenant;
  return !isRented || dualUseNames().includes(host);
}

/**
 * A host where anybody can leave data that a rule would silence for every process; `undefined` if there is none, or the rule
 * names a process.
 */
export function silencedSharedHost({ host, process }: SuppressionMatch): string | undefined {
  if (host === undefined || process !== undefined) return undefined;
  if (!host.includes("*")) return isSharedHost(host) ? host : undefined;
  return dualUseNames().find(
    (name) => matchesWildcard(host, name) || matchesWildcard(host, `any.${name}`),
  );
}
