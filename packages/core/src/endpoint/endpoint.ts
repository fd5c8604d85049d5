import { StraycallError } from "../straycall-error.js";
import { normalizeAddress } from "./address.js";
import { normalizeDomainName } from "./domain-name.js";

/** A normalized destination. */
export interface Endpoint {
  /** The domain name that the calling process asked for, else the address. */
  host: string;
  port: number;
}

/** An endpoint as one string, `example.com:443` or `[2001:db8::1]:443`. */
export type EndpointKey = string;

export function endpointKey(endpoint: Endpoint): EndpointKey {
  const host = endpoint.host.includes(":") ? `[${endpoint.host}]` : endpoint.host;
  return `${host}:${endpoint.port}`;
}

/** The host of an endpoint's key. */
export function hostOfKey(key: EndpointKey): string {
  const host = key.slice(0, key.lastIndexOf(":"));
  return host.startsWith("[") && host.endsWith("]") ? host.slice(1, -1) : host;
}

/** The port of an endpoint's key. */
export function portOfKey(key: EndpointKey): number {
  return Number(key.slice(key.lastIndexOf(":") + 1));
}

/** Writes a host, name or address, the one way it is compared; `undefined` if it is neither. */
export function normalizeHost(text: string): string | undefined {
  return normalizeAddress(text) ?? normalizeDomainName(text);
}

const defaultPorts = new Map([
  ["dns", 53],
  ["ftp", 21],
  ["git", 9418],
  ["http", 80],
  ["https", 443],
  ["ssh", 22],
  ["ws", 80],
  ["wss", 443],
]);

const endpointText =
  /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\[[^\]]*\]|[^\s:/?#]+)(?::(\d{1,5}))?(?:[/?#].*)?$/i;

/**
 * Reads an endpoint as people write it: `example.com:443`, `[::1]:8080`, `https://example.com/path`.
 *
 * The port may be left out where a scheme implies it (https 443, http 80, ssh 22, ...) or `defaultPort` is given.
 *
 * @throws StraycallError CONFIG_INVALID
 */
export function parseEndpoint(text: string, defaultPort?: number): Endpoint {
  const [, scheme, hostText, portText] = endpointText.exec(text.trim()) ?? [];
  const host = hostText === undefined ? undefined : normalizeHost(hostText);
  if (host === undefined) {
    throw new StraycallError("CONFIG_INVALID", `"${text}" is not an endpoint like example.com:443`);
  }
  const port = portText
    ? Number(portText)
    : (defaultPorts.get(scheme?.toLowerCase() ?? "") ?? defaultPort);
  if (port === undefined || port > 65_535) {
    throw new StraycallError("CONFIG_INVALID", `"${text}" needs a port from 0 to 65535`);
  }
  return { host, port };
}
