import { normalizeDomainName, StraycallError } from "@straycall/core";
import { addressBytes } from "./address-bytes.js";

/** One thing that may be called. */
export type PolicyRule = NameRule | RangeRule;

export interface NameRule {
  type: "name";
  /**
   * - `exact`: this name.
   * - `below`: every name below `labels`, at any depth.
   * - `begun`: names whose first label begins with the first of `labels`.
   */
  match: "exact" | "below" | "begun";
  labels: readonly string[];
  /** Unset: any. */
  port?: number;
}

export interface RangeRule {
  type: "range";
  /** 16 bytes, IPv4 as `::ffff:192.0.2.0`. */
  address: Buffer;
  /** Of the 16 bytes, how many bits count. */
  bits: number;
  port?: number;
}

const nameBytes = 253;
const nameLabels = 32;
const plainLabel = /^[a-z0-9_-]{1,63}$/;
const mappedBits = 96;

/**
 * Reads a rule: `api.github.com:443`, `*.example.com`, `worker*.example.com:443`, `192.0.2.0/24`,
 * `[2001:db8::/32]:443`.
 *
 * @throws StraycallError CONFIG_INVALID that says what is wrong with it
 */
export function parsePolicyRule(text: string, field = "policy.allow"): PolicyRule {
  const wrong = (problem: string) =>
    new StraycallError("CONFIG_INVALID", `${field}: "${text}" ${problem}`, { field });
  const { host, port: portText } = splitPort(String(text).trim());
  if (typeof text !== "string" || host === "") {
    throw wrong("is not a rule like example.com:443 or 192.0.2.0/24");
  }
  const port = portText === undefined ? undefined : Number(portText);
  if (port !== undefined && !(/^\d{1,5}$/.test(portText ?? "") && port >= 1 && port <= 65_535)) {
    throw wrong("needs a port from 1 to 65535");
  }
  const withPort = port === undefined ? {} : { port };
  const range = readRange(host, wrong);
  if (range !== undefined) return { type: "range", ...range, ...withPort };
  return { type: "name", ...readName(host, wrong), ...withPort };
}

type Wrong = (problem: string) => StraycallError;

/** An IPv6 address without brackets has no port. */
function splitPort(text: string): { host: string; port?: string } {
  const bracketed = /^\[(.*)\](?::(.*))?$/.exec(text);
  const [, host = text, port] =
    bracketed ?? (text.split(":").length > 2 ? [] : (/^([^:]*)(?::(.*))?$/.exec(text) ?? []));
  return port === undefined ? { host } : { host, port };
}

function readRange(host: string, wrong: Wrong): { address: Buffer; bits: number } | undefined {
  const [addressText = "", bitsText, ...more] = host.split("/");
  const address = addressBytes(addressText);
  if (address === undefined) {
    if (bitsText === undefined) return undefined;
    throw wrong("has no address before the /");
  }
  const offset = addressText.includes(":") ? 0 : mappedBits;
  const bits = bitsText === undefined ? 128 - offset : Number(bitsText);
  if (more.length > 0 || !/^\d{1,3}$/.test(bitsText ?? "0") || offset + bits > 128) {
    throw wrong(`needs a prefix length from 0 to ${128 - offset}`);
  }
  return { address, bits: offset + bits };
}

function readName(host: string, wrong: Wrong): Pick<NameRule, "match" | "labels"> {
  const star = host.indexOf("*");
  const [first = "", ...others] = host.split(".");
  if (star >= 0 && (star !== first.length - 1 || host.lastIndexOf("*") !== star)) {
    throw wrong(
      "may hold one *, at the end of its first label: *.example.com, worker*.example.com",
    );
  }
  const begun = first.replace("*", "");
  if (star >= 0 && others.length === 0) throw wrong("stands for every name; name a domain");
  const name = normalizeDomainName([...(begun === "" ? [] : [begun]), ...others].join("."));
  const labels = name?.split(".") ?? [];
  if (!labels.every((label) => plainLabel.test(label)) || labels.length === 0) {
    throw wrong("is no name, address or range");
  }
  if ((name?.length ?? 0) > nameBytes || labels.length > nameLabels) throw wrong("is too long");
  if (labels.every((label) => /^\d+$/.test(label))) throw wrong("is no address");
  if (star < 0) return { match: "exact", labels };
  return { match: begun === "" ? "below" : "begun", labels };
}
