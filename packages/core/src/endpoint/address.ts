import ipaddr from "ipaddr.js";

/**
 * Where an address belongs.
 *
 * `metadata` is the cloud's instance metadata service, which hands out credentials; `unknown` is a call whose
 * address nobody saw.
 */
export type AddressClass =
  | "public"
  | "private"
  | "loopback"
  | "link-local"
  | "metadata"
  | "multicast"
  | "reserved"
  | "unknown";

/** Of addresses that no packet leaves the user's own networks for. */
export const innerClasses: ReadonlySet<AddressClass> = new Set([
  "private",
  "loopback",
  "link-local",
]);

/** AWS, Azure, Google Cloud and most others; AWS over IPv6; AWS ECS; Alibaba Cloud; Azure's platform address. */
const metadataAddresses = new Set([
  "169.254.169.254",
  "fd00:ec2::254",
  "169.254.170.2",
  "100.100.100.200",
  "168.63.129.16",
]);

const classOfRange: Record<string, AddressClass> = {
  unicast: "public",
  private: "private",
  uniqueLocal: "private",
  carrierGradeNat: "private",
  loopback: "loopback",
  unspecified: "loopback",
  linkLocal: "link-local",
  multicast: "multicast",
  broadcast: "multicast",
};

/** Tunnels and translators: the packets leave for the public network. */
const publicRanges = new Set(["6to4", "teredo", "rfc6145", "rfc6052", "as112", "as112v6", "amt"]);

/**
 * Writes an address the one way it is compared and shown: IPv4 in dotted decimal, IPv6 as in RFC 5952,
 * an IPv4-mapped IPv6 address as the IPv4 address it is, without a zone.
 *
 * Answers `undefined` if `text` is no address.
 */
export function normalizeAddress(text: string): string | undefined {
  const bare = text.replace(/^\[(.*)\]$/, "$1").replace(/%.*$/, "");
  if (!couldBeAddress(bare)) return undefined;
  if (ipaddr.IPv4.isValidFourPartDecimal(bare)) return bare;
  if (!ipaddr.IPv6.isValid(bare)) return undefined;
  const address = ipaddr.IPv6.parse(bare);
  return address.isIPv4MappedAddress()
    ? address.toIPv4Address().toString()
    : address.toRFC5952String();
}

/** Tells the class of a normalized address. */
export function addressClass(address: string): AddressClass {
  if (metadataAddresses.has(address)) return "metadata";
  if (!couldBeAddress(address) || !ipaddr.isValid(address)) return "unknown";
  const range = ipaddr.process(address).range();
  if (publicRanges.has(range)) return "public";
  return classOfRange[range] ?? "reserved";
}

/** Spares names the attempt, which is made by throwing an error and costs as much as all else. */
const couldBeAddress = (text: string) => /^[\d.]+$/.test(text) || text.includes(":");
