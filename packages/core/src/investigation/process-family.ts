import type { Store } from "../contracts/store.js";
import type { ProcessRecord } from "../run/process.js";
import type { RunKey } from "../run/run.js";
import type { Shown } from "./investigation.js";

type Processes = Pick<Store, "processes">;

/** Deeper chains are made to exhaust whoever walks them. */
const maxDepth = 64;

/** The ancestors of a process, parent first, up to the first process of the run. */
export async function ancestorsOf(
  { processes }: Processes,
  key: RunKey,
  process: ProcessRecord | undefined,
): Promise<ProcessRecord[]> {
  const chain: ProcessRecord[] = [];
  const seen = new Set([process?.entityId]);
  let next = process?.parentEntityId;
  while (next !== undefined && !seen.has(next) && chain.length < maxDepth) {
    seen.add(next);
    const parent = await processes.get(key, next);
    if (parent === undefined) break;
    chain.push(parent);
    next = parent.parentEntityId;
  }
  return chain;
}

/** All that came of a process, generation by generation, each earliest first. */
export async function descendantsOf(
  { processes }: Processes,
  key: RunKey,
  entityId: string,
  limit: number,
): Promise<Shown<ProcessRecord>> {
  const items: ProcessRecord[] = [];
  const seen = new Set([entityId]);
  const parents = [entityId];
  for (let parentId = parents.shift(); parentId !== undefined; parentId = parents.shift()) {
    const room = limit - items.length;
    if (room <= 0) return { items, more: true };
    const made = await processes.list(key, { parentId, limit: room });
    for (const child of made.items) {
      if (seen.has(child.entityId)) continue;
      seen.add(child.entityId);
      items.push(child);
      parents.push(child.entityId);
    }
    if (made.next !== undefined) return { items, more: true };
  }
  return { items, more: false };
}
