import type { Store } from "../contracts/store.js";
import type { ProcessRecord } from "../run/process.js";
import { processTable } from "../run/process-table.js";
import type { RunKey } from "../run/run.js";
import { stepTracker } from "../run/step-tracker.js";

/** The processes of a run that has been observed, as its log tells them. */
export interface RunProcesses {
  get(entityId: string): ProcessRecord | undefined;
  /** Parent first, up to the first process of the run. */
  ancestors(process: ProcessRecord): ProcessRecord[];
  /** All that came of a process, the earliest first. */
  descendants(entityId: string): ProcessRecord[];
}

const limit = 200_000;
const readChunk = 5_000;

/** Reads a run's log once more, for its processes alone. */
export async function runProcesses(
  { events }: Pick<Store, "events">,
  key: RunKey,
): Promise<RunProcesses> {
  const processes = processTable(limit);
  const steps = stepTracker();
  const seen = new Map<string, ProcessRecord>();
  const note = (process: ProcessRecord) => seen.set(process.entityId, process);
  for (let after = 0; ; ) {
    const logged = await events.read(key, after, readChunk);
    for (const { sequence, event } of logged) {
      after = sequence;
      steps.apply(event);
      if (event.type === "process.fork") {
        processes.fork(event);
        const forked = processes.get(processes.entityOf(event.process));
        if (forked) note(forked);
      } else if (event.type === "process.exec") {
        const process = processes.exec(event);
        steps.settle(process, processes.ancestors(process), event.step);
        note(process);
      } else if (event.type === "process.exit") processes.exit(event);
      else if (event.type === "network.connect") note(processes.seen(event.process, event.time));
    }
    if (logged.length < readChunk) break;
  }
  const children = new Map<string, string[]>();
  for (const { entityId, parentEntityId } of seen.values()) {
    if (parentEntityId === undefined) continue;
    children.set(parentEntityId, [...(children.get(parentEntityId) ?? []), entityId]);
  }
  return {
    get: (entityId) => seen.get(entityId),
    ancestors: processes.ancestors,
    descendants(entityId) {
      const found = new Set<string>();
      const left = [...(children.get(entityId) ?? [])];
      for (let next = left.pop(); next !== undefined; next = left.pop()) {
        if (next === entityId || found.has(next)) continue;
        found.add(next);
        left.push(...(children.get(next) ?? []));
      }
      return [...found]
        .flatMap((id) => seen.get(id) ?? [])
        .sort((one, other) => (one.startedAt ?? 0) - (other.startedAt ?? 0));
    },
  };
}
