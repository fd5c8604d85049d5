import ipaddr from "ipaddr.js";
import { normalizeAddress } from "../endpoint/address.js";

/** Addresses that begin alike: `192.0.2.0/24`. */
export type AddressBlock = [address: ipaddr.IPv4 | ipaddr.IPv6, bits: number];

/** Reads an address or a CIDR block (RFC 4632, RFC 4291); `undefined` if it is neither. */
export function parseAddressBlock(text: string): AddressBlock | undefined {
  const [address = "", bits, ...rest] = text.split("/");
  const normal = normalizeAddress(address);
  if (normal === undefined || rest.length > 0) return undefined;
  const parsed = ipaddr.parse(normal);
  const most = parsed.kind() === "ipv4" ? 32 : 128;
  if (bits === undefined) return [parsed, most];
  if (!/^\d{1,3}$/.test(bits) || Number(bits) > most) return undefined;
  return [parsed, Number(bits)];
}

export function isInBlock(address: string, [start, bits]: AddressBlock): boolean {
  const normal = normalizeAddress(address);
  if (normal === undefined) return false;
  const parsed = ipaddr.parse(normal);
  return parsed.kind() === start.kind() && parsed.match(start, bits);
}
