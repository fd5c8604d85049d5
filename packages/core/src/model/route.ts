import { visibleText } from "../display/visible-text.js";
import { maskPathTenant } from "../knowledge/path-tenants.js";
import { looksRandom } from "../knowledge/random-label.js";
import type { ObservedRequest } from "./observation.js";

const maxMethodLength = 16;
const maxTenantLength = 128;
const maxSegments = 8;
const maxSegmentLength = 64;
/** What is longer is data rather than a name, whatever it looks like. */
const maxNameLength = 128;

/**
 * What an HTTP request has in common with others of its kind: its method, and its path without query and with what
 * varies masked.
 *
 * Numbers become `<n>`, versions `<version>`, hashes and UUIDs `<hex>`, what looks drawn `<random>`, what is written
 * with percent signs `<encoded>`, what is longer than any name `<long>`; whose part of a shared host it is `<tenant>`.
 * At most 8 segments: `<more>` stands for the rest.
 *
 * @param path as it was sent, the query included
 */
export function observedRequest(host: string, method: string, path: string): ObservedRequest {
  const { tenant, masked } = maskPathTenant(host, path.split(/[?#]/, 1)[0] ?? "");
  return {
    method: visibleText(method.slice(0, 2 * maxMethodLength).toUpperCase(), maxMethodLength),
    route: routeOf(masked),
    ...(tenant === undefined ? {} : { tenant: visibleText(tenant, maxTenantLength) }),
  };
}

function routeOf(path: string): string {
  const segments = path.split("/", maxSegments + 3).filter((segment) => segment !== "");
  const kept = segments.slice(0, maxSegments).map(maskSegment);
  if (segments.length > maxSegments) kept.splice(maxSegments - 1, 1, "<more>");
  return `/${kept.join("/")}`;
}

/** A segment that whoever knows the host masked already: `bot<tenant>:<secret>`. */
const maskedBefore = /^[^<>]{0,32}(?:<[a-z]{1,16}>[^<>]{0,32}){1,3}$/;
const uuid = /(?<![a-z0-9])[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![a-z0-9])/gi;
/** `1.2.3`, `v20.11.0-rc.1`; a single number is none: `v4` is part of an API's name. */
const version =
  /(?<![a-z0-9.])v?\d{1,8}(?:\.\d{1,8}){1,4}(?:-?(?:alpha|beta|rc|dev|post|pre)[.-]?\d{0,8})?(?![a-z0-9])/gi;

function maskSegment(segment: string): string {
  if (segment.length > maxNameLength) return "<long>";
  if (maskedBefore.test(segment)) return segment;
  if (segment.includes("***")) return "<secret>";
  // Parameters of a segment (RFC 3986, section 3.3) are a query by another name.
  const [name = ""] = segment.split(";", 1);
  if (/%[0-9a-f]{2}/i.test(name)) return "<encoded>";
  if (/^sha\d{1,4}[:-]/i.test(name)) return "<hex>";
  if (isDrawn(name)) return "<random>";
  const masked = name
    .replace(uuid, "<hex>")
    .replace(version, "<version>")
    .split(/([^a-z0-9<>]+)/i)
    .map(maskWord)
    .join("");
  return visibleText(masked, maxSegmentLength);
}

/** Base64 and alike: its hyphens and underscores are digits, too. */
function isDrawn(name: string): boolean {
  const letters = name.replace(/[-_=]+/g, "");
  const isMixed = /[a-z]/.test(letters) && /[A-Z]/.test(letters) && /\d/.test(letters);
  return isMixed && letters.length >= 12 && looksRandom(letters.toLowerCase());
}

function maskWord(word: string): string {
  if (word.includes("<") || !/[a-z0-9]/i.test(word)) return word;
  if (/^\d+$/.test(word)) return "<n>";
  if (word.length >= 7 && /^[0-9a-f]+$/i.test(word) && /\d/.test(word)) return "<hex>";
  if (looksRandom(word.toLowerCase()) || (word.length > 14 && /\d/.test(word))) return "<random>";
  return word.replace(/\d{2,}/g, "<n>");
}
