import { normalizeAddress } from "../endpoint/address.js";

/** The address that a name stands for which is asked to know whose it is: `7.2.0.192.in-addr.arpa` (RFC 1035, 3.5). */
export function reverseAddress(name: string): string | undefined {
  const ipv4 = /^((?:\d{1,3}\.){4})in-addr\.arpa$/.exec(name)?.[1];
  if (ipv4 !== undefined) return normalizeAddress(ipv4.slice(0, -1).split(".").reverse().join("."));
  const ipv6 = /^((?:[0-9a-f]\.){32})ip6\.arpa$/.exec(name)?.[1];
  const digits = ipv6?.replaceAll(".", "");
  const groups = digits && [...digits].reverse().join("").match(/.{4}/g);
  return groups ? normalizeAddress(groups.join(":")) : undefined;
}
