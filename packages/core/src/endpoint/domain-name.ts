import { parse } from "tldts";
import { tenantSuffixOf } from "./tenant-suffixes.js";

/** Anything but what host names are made of (RFC 952 and 1123, and the underscore that real names have). */
const plainName = /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/;

/**
 * Writes a domain name the one way it is compared and shown: lower case, without the trailing dot,
 * internationalized labels as `xn--` (UTS 46, through the platform's `URL`).
 *
 * A name may hold any byte (RFC 2181, section 11), and attackers use that: what is not a host name character is
 * written `\ddd` as in RFC 4343. Answers `undefined` for a name without labels.
 */
export function normalizeDomainName(text: string): string | undefined {
  const name = text.replace(/\.$/, "").toLowerCase();
  if (name === "") return undefined;
  if (plainName.test(name)) return name;
  return internationalName(name) ?? escapeName(name);
}

function internationalName(name: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: asks whether there is anything beyond ASCII
  if (/^[\x00-\x7f]*$/.test(name) || /[\s/\\?#@:%[\]<>^|]/.test(name)) return undefined;
  try {
    const { hostname } = new URL(`http://${name}`);
    return plainName.test(hostname) ? hostname : undefined;
  } catch {
    return undefined;
  }
}

function escapeName(name: string): string {
  const bytes = new TextEncoder().encode(name);
  return Array.from(bytes, (byte) => {
    const char = String.fromCharCode(byte);
    return /[a-z0-9_.-]/.test(char) ? char : `\\${String(byte).padStart(3, "0")}`;
  }).join("");
}

/** What the Public Suffix List, and what providers document beyond it, say of a domain name. */
export interface DomainParts {
  /** What one owner registered, `example.co.uk`; `undefined` for a bare suffix or a name outside the list. */
  registrable: string | undefined;
  /** The suffix below which anyone can get a name: `co.uk`, `blob.core.windows.net`. */
  suffix: string | undefined;
  /** The suffix is a provider's, whose tenants are strangers to each other. */
  multiTenant: boolean;
}

/** Listed for a use long past: today the names below it are AWS's own services, as in every other region. */
const ownSuffixes = new Set(["us-east-1.amazonaws.com"]);

/**
 * Splits a normalized domain name by the Public Suffix List, its private section included, and by suffixes that
 * providers document and have not put there.
 */
export function domainParts(name: string): DomainParts {
  if (lastSplit?.name !== name) lastSplit = { name, parts: splitName(name) };
  return lastSplit.parts;
}

/** While a call is judged, several parts of the model ask about the same name in a row. */
let lastSplit: { name: string; parts: DomainParts } | undefined;

function splitName(name: string): DomainParts {
  const listed = listedParts(name, true);
  const suffix = tenantSuffixOf(name);
  if (suffix !== undefined && suffix.length > (listed.suffix?.length ?? 0)) {
    return { registrable: labelAbove(name, suffix), suffix, multiTenant: true };
  }
  return ownSuffixes.has(listed.suffix ?? "") ? listedParts(name, false) : listed;
}

function listedParts(name: string, allowPrivateDomains: boolean): DomainParts {
  const parsed = parse(name, { allowPrivateDomains, validateHostname: false });
  return {
    registrable: parsed.domain ?? undefined,
    suffix: parsed.publicSuffix ?? undefined,
    multiTenant: parsed.isPrivate === true,
  };
}

/** A suffix with the label before it. */
function labelAbove(name: string, suffix: string): string | undefined {
  if (name === suffix) return undefined;
  const end = name.length - suffix.length - 1;
  return name.slice(name.lastIndexOf(".", end - 1) + 1);
}

/**
 * The registrable domain of a host, where all of it is one owner's: `undefined` below a multi-tenant suffix, and for
 * hosts without one.
 */
export function ownerDomain(host: string): string | undefined {
  const { registrable, multiTenant } = domainParts(host);
  return multiTenant ? undefined : registrable;
}
