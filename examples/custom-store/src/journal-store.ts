import { closeSync, openSync, writeSync } from "node:fs";
import { type Baseline, memoryStore, type Store } from "@straycall/core";
import { type Change, readJournal } from "./read-journal.js";

type ChangeParts = [group: Change["group"], method: string, ...args: unknown[]];

/**
 * A store in memory whose every change is also a line of a file; opening it makes the changes again.
 *
 * For one process at a time. A change outlives the process once its method has answered.
 */
export async function journalStore(path: string): Promise<Store> {
  const memory = memoryStore();
  await readJournal(path, memory);
  let file: number | undefined = openSync(path, "a", 0o600);

  /** Writes down what was just done. It is done at once, so the lines have the order of the changes. */
  const kept = <T>(done: Promise<T>, ...[group, method, ...args]: ChangeParts): Promise<T> => {
    const change: Change = { group, method, args };
    if (file !== undefined) writeSync(file, `${JSON.stringify(change)}\n`);
    return done;
  };

  const { runs, events, calls, baselines, detections, deliveries } = memory;
  return {
    baselines: {
      ...baselines,
      change(key, change) {
        let changed: Baseline | undefined;
        const changeAndKeep: typeof change = (before) => (changed = change(before));
        const changing = baselines.change(key, changeAndKeep);
        // One that threw changed nothing.
        return changed ? kept(changing, "baselines", "change", key, changed) : changing;
      },
    },
    runs: {
      ...runs,
      start: (run) => kept(runs.start(run), "runs", "start", run),
      update: (key, fields) => kept(runs.update(key, fields), "runs", "update", key, fields),
      finish(key, end, learn) {
        let learned: Baseline | undefined;
        const learnAndKeep: typeof learn = learn && ((before) => (learned = learn(before)));
        const finishing = runs.finish(key, end, learnAndKeep);
        // A run that learned nothing though it was to had ended before, or has not ended.
        if (learn && !learned) return finishing;
        return kept(finishing, "runs", "finish", key, end, learned);
      },
    },
    events: {
      ...events,
      append: (key, added) => kept(events.append(key, added), "events", "append", key, added),
    },
    calls: { ...calls, put: (changed) => kept(calls.put(changed), "calls", "put", changed) },
    detections: {
      ...detections,
      record: (request) => kept(detections.record(request), "detections", "record", request),
    },
    deliveries: {
      ...deliveries,
      claim: (query) => kept(deliveries.claim(query), "deliveries", "claim", query),
      delivered: (...args) =>
        kept(deliveries.delivered(...args), "deliveries", "delivered", ...args),
      failed: (...args) => kept(deliveries.failed(...args), "deliveries", "failed", ...args),
    },
    async close() {
      if (file !== undefined) closeSync(file);
      file = undefined;
      await memory.close();
    },
  };
}
