import { readFileSync } from "node:fs";
import { StraycallError } from "@straycall/core";
import { type BlockPolicy, checkPolicy } from "../block/policy.js";
import type { BlockRequest } from "./arguments.js";

/**
 * The policy that a command line asks for, rules from its file included: one a line, `#` begins a comment.
 *
 * @throws StraycallError CONFIG_INVALID that says what is wrong with a rule or the file
 */
export function runPolicy({ allow, allowFile, failClosed }: BlockRequest): BlockPolicy {
  const fromFile = allowFile === undefined ? [] : rulesOf(readRules(allowFile));
  const policy = { allow: [...allow, ...fromFile], failClosed };
  checkPolicy(policy);
  return policy;
}

function rulesOf(text: string): string[] {
  const lines = text.split("\n").map((line) => line.replace(/#.*/, "").trim());
  return lines.filter(Boolean);
}

function readRules(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const { message } = cause as Error;
    throw new StraycallError("CONFIG_INVALID", `--allow-file: ${message}`, { cause });
  }
}
