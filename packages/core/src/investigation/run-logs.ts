import type { CiProvider } from "../contracts/ci-provider.js";
import type { Store } from "../contracts/store.js";
import type { ProcessRecord } from "../run/process.js";
import type { RunKey, RunRecord } from "../run/run.js";
import { type RunLog, readRunLog } from "./run-log.js";

/** The build logs of runs, as a provider gives them. */
export interface RunLogs {
  /** `undefined` if nobody has it. Those of runs that have ended are kept for a while. */
  read(run: RunRecord, signal: AbortSignal): Promise<RunLog | undefined>;
}

/** Each may be large. */
const maxKept = 4;
/** The clocks need a few commands that both tell of, not all of 20,000. */
const maxProcesses = 5_000;

export function runLogs(store: Store, provider: CiProvider | undefined): RunLogs {
  const kept = new Map<RunKey, RunLog>();
  return {
    async read(run, signal) {
      const known = kept.get(run.key);
      if (known) return known;
      const source = await provider?.log?.(run, signal);
      if (source === undefined) return undefined;
      const log = await readRunLog(source, await firstProcesses(store, run.key));
      if (run.outcome === undefined) return log;
      kept.set(run.key, log);
      const [oldest] = kept.keys();
      if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
      return log;
    },
  };
}

async function firstProcesses({ processes }: Store, key: RunKey): Promise<ProcessRecord[]> {
  const found: ProcessRecord[] = [];
  for (let cursor: string | undefined; found.length < maxProcesses; ) {
    const page = await processes.list(key, { limit: 1000, ...(cursor ? { cursor } : {}) });
    found.push(...page.items);
    cursor = page.next;
    if (cursor === undefined) break;
  }
  return found;
}
