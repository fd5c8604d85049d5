import { isIP } from "node:net";
import { StraycallError } from "@straycall/core";
import { configuredResolvers } from "../resolver/configured-resolvers.js";
import { type NameGrant, nameGrants } from "./name-grants.js";
import { parsePolicyRule, type RangeRule } from "./policy-rule.js";

/** What a run may call; everything else is denied. See docs/block-mode.md. */
export interface BlockPolicy {
  /**
   * `api.github.com:443`, `*.example.com`, `worker*.example.com:443`, `192.0.2.0/24`, `[2001:db8::/32]:443`.
   * Without a port, any.
   */
  allow: readonly string[];
  /**
   * Addresses that may be asked for allowed names, on port 53, and whose answers allow addresses. Default: those of
   * `/etc/resolv.conf`, and the `resolvers` of the agent.
   */
  resolvers?: readonly string[];
  /** Whether 127.0.0.0/8 and ::1 may be called. Default true. */
  loopback?: boolean;
  /** Goes on denying if the agent is killed, until the cgroup is gone. Default false. */
  failClosed?: boolean;
}

/** A policy that was checked. */
export interface CheckedPolicy {
  ranges: readonly RangeRule[];
  names: readonly NameGrant[];
  resolvers: readonly string[];
  loopback: boolean;
  failClosed: boolean;
}

const maxRules = 2_048;
const maxResolvers = 32;

/**
 * @param further resolvers besides the configured ones
 * @throws StraycallError CONFIG_INVALID that names the field
 */
export function checkPolicy(policy: BlockPolicy, further: readonly string[] = []): CheckedPolicy {
  const { allow, loopback = true, failClosed = false } = policy;
  const resolvers = policy.resolvers ?? [...configuredResolvers().map(({ ip }) => ip), ...further];
  if (!Array.isArray(allow)) throw wrong("policy.allow", "must be a list of endpoints");
  if (allow.length > maxRules) throw wrong("policy.allow", `takes at most ${maxRules} rules`);
  if (typeof loopback !== "boolean") throw wrong("policy.loopback", "must be true or false");
  if (typeof failClosed !== "boolean") throw wrong("policy.failClosed", "must be true or false");
  const rules = allow.map((rule, index) => parsePolicyRule(rule, `policy.allow[${index}]`));
  if (!Array.isArray(resolvers)) throw wrong("policy.resolvers", "must be a list of addresses");
  if (resolvers.length > maxResolvers) {
    throw wrong("policy.resolvers", `takes at most ${maxResolvers} addresses`);
  }
  for (const [index, resolver] of resolvers.entries()) {
    if (typeof resolver !== "string" || isIP(resolver) === 0 || resolver.includes("%")) {
      throw wrong(`policy.resolvers[${index}]`, `"${resolver}" is no address`);
    }
  }
  return {
    ranges: rules.filter((rule) => rule.type === "range"),
    names: nameGrants(rules.filter((rule) => rule.type === "name")),
    resolvers,
    loopback,
    failClosed,
  };
}

function wrong(field: string, problem: string): StraycallError {
  return new StraycallError("CONFIG_INVALID", `${field}: ${problem}`, { field });
}
