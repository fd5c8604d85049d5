import { existsSync, readFileSync, truncateSync } from "node:fs";
import { type Store, StraycallError } from "@straycall/core";

/** A change as a line of the journal tells it. */
export interface Change {
  group:
    | "runs"
    | "events"
    | "calls"
    | "processes"
    | "baselines"
    | "detections"
    | "deliveries"
    | "suppressions"
    | "settings";
  method: string;
  args: unknown[];
}

function onlyIfRefused(error: unknown): void {
  if (!(error instanceof StraycallError)) throw error;
}

type Group = Record<string, (...args: unknown[]) => Promise<unknown>>;

/** Makes a journal's changes again, and cuts off a last line that a crash left unfinished. */
export async function readJournal(path: string, store: Store): Promise<void> {
  if (!existsSync(path)) return;
  const bytes = readFileSync(path);
  const end = bytes.lastIndexOf("\n") + 1;
  if (end < bytes.length) truncateSync(path, end);
  const lines = bytes.toString("utf8", 0, end).split("\n").slice(0, -1);
  // What was refused then is refused again.
  for (const line of lines) await repeat(JSON.parse(line), store).catch(onlyIfRefused);
}

function repeat({ group, method, args }: Change, store: Store): Promise<unknown> {
  // What was learned stands in for the function that learned it.
  if (method === "change") {
    const [key, changed] = args;
    const { change } = store[group as "baselines" | "suppressions" | "settings"];
    return change(key as never, () => changed as never);
  }
  if (method === "finish") {
    const [key, end, learned] = args;
    return store.runs.finish(
      key as never,
      end as never,
      learned ? () => learned as never : undefined,
    );
  }
  if (group === "detections" && method === "review") {
    const [id, decision] = args;
    return store.detections.review(id as never, () => decision as never);
  }
  const apply = (store[group] as unknown as Group)[method];
  if (apply === undefined) throw new Error(`the journal holds an unknown change: ${method}`);
  return apply(...args);
}
