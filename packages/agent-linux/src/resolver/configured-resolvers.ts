import { isIP } from "node:net";
import { normalizeAddress } from "@straycall/core";
import { readFirstBytes } from "./read-first-bytes.js";

/** A resolver that this machine is told to ask (resolv.conf(5)); it listens on port 53. */
export interface Resolver {
  /** Normalized, without its zone. */
  ip: string;
  /** The interface of a link-local IPv6 address: `eth0` of `fe80::1%eth0`. */
  zone?: string;
}

/** The C library asks the first three; some programs ask them all. */
const maxResolvers = 16;
const maxBytes = 65_536;
/** Where nothing is configured the C library asks this machine. */
const defaultResolver: Resolver = { ip: "127.0.0.1" };

/** The resolvers in `/etc/resolv.conf`, as the mount namespace of this process has it at this moment. */
export function configuredResolvers(file = "/etc/resolv.conf"): Resolver[] {
  return parseResolvConf(readFirstBytes(file, maxBytes));
}

/** Reads the `nameserver` lines; what is no address is left out. */
export function parseResolvConf(text: string): Resolver[] {
  const resolvers = text
    .split("\n")
    .map((line) => /^nameserver[ \t]+(\S+)/.exec(line)?.[1])
    .flatMap((address) => (address === undefined ? [] : resolverAt(address)))
    .slice(0, maxResolvers);
  return resolvers.length > 0 ? resolvers : [defaultResolver];
}

function resolverAt(text: string): Resolver[] {
  const [address = "", zone] = text.split("%", 2);
  const ip = isIP(address) === 0 ? undefined : normalizeAddress(address);
  if (ip === undefined) return [];
  return [{ ip, ...(zone ? { zone } : {}) }];
}
