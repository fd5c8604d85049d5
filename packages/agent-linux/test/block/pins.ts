import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The folders in which the programs of policies that fail closed are pinned. */
export function pins(): string[] {
  const mounted = /^(?:\S+ ){4}(\S+) .* - bpf /m.exec(readFileSync("/proc/self/mountinfo", "utf8"));
  const root = join(mounted?.[1] ?? "/nowhere", "straycall");
  return existsSync(root) ? readdirSync(root) : [];
}
