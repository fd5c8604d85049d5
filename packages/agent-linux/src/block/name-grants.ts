import { StraycallError } from "@straycall/core";
import type { NameRule } from "./policy-rule.js";

/** What bpf/block/name.h keeps for the names that begin, turned, with `turned`. */
export interface NameGrant {
  /** `com.example.`: labels from the last to the first. */
  turned: string;
  /** How many labels that is, one that is only begun included. */
  depth: number;
  /** For names of that many labels; 0 is any port. */
  atDepth: readonly number[];
  /** For names of more labels. */
  below: readonly number[];
}

export const maxPortsPerName = 16;

/**
 * Works out, for each beginning that some rule names, what all rules together grant: the kernel finds only the longest
 * beginning of a name.
 *
 * @throws StraycallError CONFIG_INVALID if a name has too many ports
 */
export function nameGrants(rules: readonly NameRule[]): NameGrant[] {
  const keys = rules.map((rule) => ({ rule, turned: turnedRule(rule), depth: rule.labels.length }));
  const distinct = new Map(keys.map(({ turned, depth }) => [turned, depth]));
  return [...distinct].map(([turned, depth]) => {
    const leading = keys.filter((key) => turned.startsWith(key.turned));
    const below = leading.filter(({ rule }) => rule.match === "below");
    const atDepth = leading.filter(({ rule, depth: other }) =>
      rule.match === "below" ? other < depth : other === depth,
    );
    return { turned, depth, atDepth: portsOf(atDepth), below: portsOf(below) };
  });
}

/** The ports that a name is granted, as the kernel side finds them. */
export function portsOfName(grants: readonly NameGrant[], name: string): readonly number[] {
  const labels = name.toLowerCase().split(".");
  const turned = turnedName(labels);
  const [longest] = grants
    .filter((grant) => turned.startsWith(grant.turned))
    .sort((one, other) => other.turned.length - one.turned.length);
  if (longest === undefined) return [];
  return labels.length === longest.depth ? longest.atDepth : longest.below;
}

function turnedRule({ match, labels }: NameRule): string {
  if (match === "exact") return turnedName(labels);
  const turned = labels.toReversed().join(".");
  return match === "below" ? `${turned}.` : turned;
}

const turnedName = (labels: readonly string[]) => `${labels.toReversed().join(".")}..`;

function portsOf(keys: readonly { rule: NameRule }[]): number[] {
  const ports = [...new Set(keys.map(({ rule }) => rule.port ?? 0))];
  if (ports.includes(0)) return [0];
  if (ports.length > maxPortsPerName) {
    const name = keys[0]?.rule.labels.join(".");
    const problem = `allows more than ${maxPortsPerName} ports of ${name}; leave the port out`;
    throw new StraycallError("CONFIG_INVALID", `policy.allow ${problem}`, {
      field: "policy.allow",
    });
  }
  return ports;
}
