import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";

const program = join(import.meta.dirname, "../../bin/straycall-agent.js");

export interface Said {
  status: number | null;
  out: string;
  err: string;
}

/** Starts the real `straycall-agent`; through `within`, if given, as that command's last arguments. */
export function startAgent(
  args: readonly string[],
  within: readonly string[] = [],
): { child: ChildProcessWithoutNullStreams; said: Promise<Said> } {
  const [first = process.execPath, ...rest] = [...within, process.execPath, program, ...args];
  const child = spawn(first, rest);
  const said = Promise.all([text(child.stdout), text(child.stderr), once(child, "exit")]).then(
    ([out, err, [status]]) => ({ status, out, err }),
  );
  return { child, said };
}

export async function agent(args: readonly string[], within?: readonly string[]): Promise<Said> {
  const { child, said } = startAgent(args, within);
  child.stdin.end();
  return said;
}

/** What to run a command through so that it has a resolv.conf of its own. */
export function withResolver(resolvConf: string): string[] {
  const bind = 'mount --bind "$0" /etc/resolv.conf && exec "$@"';
  return ["unshare", "--mount", "sh", "-c", bind, resolvConf];
}
