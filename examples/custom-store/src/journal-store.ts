import { closeSync, openSync, writeSync } from "node:fs";
import { type Baseline, memoryStore, type ReviewDecision, type Store } from "@straycall/core";
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

  /** A method that changes a value by a function: what that answered is written down. */
  const changeKept =
    <Before, After, Changed>(
      group: Change["group"],
      method: (key: string, change: (before: Before) => After) => Promise<Changed>,
    ): typeof method =>
    (key, change) => {
      let changed: { to: After } | undefined;
      const changing = method(key, (before) => {
        const to = change(before);
        changed = { to };
        return to;
      });
      // One that threw changed nothing.
      return changed ? kept(changing, group, "change", key, changed.to) : changing;
    };

  const { runs, events, calls, processes, baselines, detections } = memory;
  const { deliveries, suppressions, settings } = memory;
  return {
    baselines: {
      ...baselines,
      change: changeKept("baselines", baselines.change),
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
    processes: {
      ...processes,
      put: (key, changed) => kept(processes.put(key, changed), "processes", "put", key, changed),
    },
    detections: {
      ...detections,
      record: (request) => kept(detections.record(request), "detections", "record", request),
      review(id, decide) {
        let decided: ReviewDecision | undefined;
        const decideAndKeep: typeof decide = (before) => (decided = decide(before));
        const reviewing = detections.review(id, decideAndKeep);
        return decided ? kept(reviewing, "detections", "review", id, decided) : reviewing;
      },
    },
    deliveries: {
      ...deliveries,
      claim: (query) => kept(deliveries.claim(query), "deliveries", "claim", query),
      delivered: (...args) =>
        kept(deliveries.delivered(...args), "deliveries", "delivered", ...args),
      failed: (...args) => kept(deliveries.failed(...args), "deliveries", "failed", ...args),
      release: (...args) => kept(deliveries.release(...args), "deliveries", "release", ...args),
      hasten: (...args) => kept(deliveries.hasten(...args), "deliveries", "hasten", ...args),
      revive: (...args) => kept(deliveries.revive(...args), "deliveries", "revive", ...args),
    },
    suppressions: {
      ...suppressions,
      add: (rule) => kept(suppressions.add(rule), "suppressions", "add", rule),
      change: changeKept("suppressions", suppressions.change),
    },
    settings: { ...settings, change: changeKept("settings", settings.change) },
    async close() {
      if (file !== undefined) closeSync(file);
      file = undefined;
      await memory.close();
    },
  };
}
