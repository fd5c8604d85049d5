import ipaddr from "ipaddr.js";
import type { AddressClass } from "./address.js";
import { domainParts } from "./domain-name.js";
import { type Endpoint, endpointKey } from "./endpoint.js";
import { hostPieces, labelPieces, maskedText, type NamePiece } from "./host-mask.js";

/**
 * The kinds of places that an endpoint lies in.
 *
 * - `names`, `addresses`: all endpoints with a name, all without.
 * - `suffix`: a suffix below which strangers live side by side.
 * - `domain`: what one owner registered; below such a suffix, one tenant.
 * - `family`: the hosts of one owner that differ only in numbers, random text or regions.
 * - `class`: a class of addresses.
 * - `net16`, `net24`: an IPv4 /16 and /24, an IPv6 /32 and /48.
 * - `endpoint`: the endpoint itself.
 */
export type ChainLinkKind =
  | "names"
  | "suffix"
  | "domain"
  | "family"
  | "addresses"
  | "class"
  | "net16"
  | "net24"
  | "endpoint";

/** One place of a chain. */
export interface ChainLink {
  kind: ChainLinkKind;
  /** Unique over all kinds, and the same for ever: it is stored. */
  key: string;
}

/** A tenant's label that keeps fewer letters than this when masked could be anybody's. */
const minTenantStem = 5;

/**
 * The places that an endpoint lies in, from all of them down to itself.
 *
 * `cdn3.example.com:443` lies in all names, `example.com`, the family `cdn<n>.example.com:443`; `192.0.2.7:80` in all
 * addresses, those of its class, `192.0.0.0/16`, `192.0.2.0/24`.
 */
export function endpointChain(endpoint: Endpoint, addressClass: AddressClass): ChainLink[] {
  const own: ChainLink = { kind: "endpoint", key: endpointKey(endpoint) };
  return isAddress(endpoint.host)
    ? [...addressLinks(endpoint.host, addressClass), own]
    : [...nameLinks(endpoint), own];
}

const familyPrefix = "family:";

/** The pattern of a family, `cdn<n>.example.com:443`; `undefined` for the key of another place. */
export function familyPatternOf(key: string): string | undefined {
  return key.startsWith(familyPrefix) ? key.slice(familyPrefix.length) : undefined;
}

/**
 * The number by which a host differs from the others of its family: 12 for `shard12.example.com`.
 *
 * `undefined` if it has none, or more than one.
 */
export function familyNumber(host: string): number | undefined {
  if (isAddress(host)) return undefined;
  const [first, ...more] = placeOf(host).pieces.filter(({ mask }) => mask === "<n>");
  if (first === undefined || more.length > 0) return undefined;
  const number = Number(first.text);
  return Number.isSafeInteger(number) ? number : undefined;
}

function nameLinks({ host, port }: Endpoint): ChainLink[] {
  const { suffix, domain, pieces } = placeOf(host);
  const links: ChainLink[] = [{ kind: "names", key: "names" }];
  if (suffix !== undefined) links.push({ kind: "suffix", key: `suffix:${suffix}` });
  if (domain !== undefined) links.push({ kind: "domain", key: domainKey(domain) });
  if (pieces.some(({ mask }) => mask !== undefined)) {
    links.push({ kind: "family", key: `${familyPrefix}${maskedText(pieces)}:${port}` });
  }
  return links;
}

/** Of a host that is only a number, a dot keeps the key apart from that of a host named `domain`. */
const domainKey = (domain: string) => `domain:${domain}${/^\d+$/.test(domain) ? "." : ""}`;

interface NamePlace {
  suffix: string | undefined;
  /** Unset where one tenant's numbered names make it a family. */
  domain: string | undefined;
  /** Of the host. */
  pieces: NamePiece[];
}

function placeOf(host: string): NamePlace {
  const { registrable, suffix, multiTenant } = domainParts(host);
  // A bare suffix, or a host without a domain: a place of its own.
  if (registrable === undefined) return { suffix: undefined, domain: host, pieces: [] };
  if (!multiTenant || suffix === undefined) {
    return { suffix: undefined, domain: registrable, pieces: hostPieces(host, registrable) };
  }
  const tenant = labelPieces(registrable.slice(0, -suffix.length - 1));
  return isNumberedTenant(tenant)
    ? { suffix, domain: undefined, pieces: hostPieces(host, suffix) }
    : { suffix, domain: registrable, pieces: hostPieces(host, registrable) };
}

/** One owner's names in a row, and not a stranger's who drew the same kind of name. */
function isNumberedTenant(pieces: readonly NamePiece[]): boolean {
  const literal = pieces.filter(({ mask }) => mask === undefined);
  return (
    literal.length < pieces.length &&
    literal.some(({ text }) => text.replace(/[^a-z]+/g, "").length >= minTenantStem)
  );
}

function isAddress(host: string): boolean {
  return host.includes(":") || (/^\d/.test(host) && ipaddr.IPv4.isValidFourPartDecimal(host));
}

function addressLinks(host: string, addressClass: AddressClass): ChainLink[] {
  const [wide, narrow] = networksOf(host);
  return [
    { kind: "addresses", key: "addresses" },
    { kind: "class", key: `class:${addressClass}` },
    { kind: "net16", key: `net16:${wide}` },
    { kind: "net24", key: `net24:${narrow}` },
  ];
}

/** The network that a whole organization has, and the one that a site has. */
function networksOf(address: string): [wide: string, narrow: string] {
  if (!address.includes(":")) {
    const [a, b, c] = address.split(".");
    return [`${a}.${b}.0.0/16`, `${a}.${b}.${c}.0/24`];
  }
  const parts = ipaddr.IPv6.isValid(address) ? ipaddr.IPv6.parse(address).parts : [];
  const [a = 0, b = 0, c = 0] = parts;
  const hex = (...groups: number[]) => groups.map((group) => group.toString(16)).join(":");
  return [`${hex(a, b)}::/32`, `${hex(a, b, c)}::/48`];
}
