import type { Store } from "../../src/contracts/store.js";
import { memoryStore } from "../../src/memory-store/memory-store.js";

interface BrokenStore {
  store: () => Store;
  /** Part of the name of a case that must fail. */
  caughtBy: string;
}

/** A memory store with some methods of one group replaced. */
function storeWith<Group extends Exclude<keyof Store, "close">>(
  group: Group,
  replace: (inner: Store) => Partial<Store[Group]>,
): () => Store {
  return () => {
    const inner = memoryStore();
    return { ...inner, [group]: { ...inner[group], ...replace(inner) } };
  };
}

let unique = 0;

/** Stores that each break one promise, by how they break it. */
export const brokenStores: Record<string, BrokenStore> = {
  "records a detection again and again": {
    caughtBy: "of 50 callers at once exactly one records",
    store: storeWith("detections", ({ detections }) => ({
      record: (request) => {
        unique += 1;
        const subject = `${request.detection.subject}#${unique}`;
        return detections.record({ ...request, detection: { ...request.detection, subject } });
      },
    })),
  },
  "records what was decided on an old baseline": {
    caughtBy: "decided on an older baseline is stale",
    store: storeWith("detections", ({ detections, baselines }) => ({
      record: async (request) => {
        const baselineRevision = await baselines.revision(request.detection.jobKey);
        return detections.record({ ...request, baselineRevision });
      },
    })),
  },
  "says stale of a detection that is there": {
    caughtBy: "a detection that is there wins over a stale baseline",
    store: storeWith("detections", ({ detections, baselines }) => ({
      record: async (request) =>
        (await baselines.revision(request.detection.jobKey)) === request.baselineRevision
          ? detections.record(request)
          : { outcome: "stale" },
    })),
  },
  "loses the deliveries": {
    caughtBy: "recorded, with its deliveries",
    store: storeWith("detections", ({ detections }) => ({
      record: (request) => detections.record({ ...request, deliveries: [] }),
    })),
  },
  "gives out what it keeps": {
    caughtBy: "keeps its own copy",
    store: storeWith("runs", ({ runs }) => {
      const kept = new Map<string, Awaited<ReturnType<typeof runs.start>>>();
      return {
        start: async (run) => {
          kept.set(run.key, kept.get(run.key) ?? (await runs.start(run)));
          return kept.get(run.key) ?? run;
        },
        get: async (key) => kept.get(key),
      };
    }),
  },
  "lets an undefined field erase one": {
    caughtBy: "overwrites the named fields and leaves the others",
    store: storeWith("runs", ({ runs }) => ({
      get: async (key) => {
        const run = await runs.get(key);
        return run && { ...run, actor: undefined };
      },
    })),
  },
  "lets everybody finish a run": {
    caughtBy: "the first alone gets true",
    store: storeWith("runs", ({ runs }) => ({
      finish: async (key, end, learn) => {
        await runs.finish(key, end, learn);
        return true;
      },
    })),
  },
  "learns from a baseline that is not the newest": {
    caughtBy: "runs of one job that finish at once are all learned",
    store: storeWith("runs", ({ runs, baselines }) => ({
      finish: async (key, end, learn) => {
        const run = await runs.get(key);
        const old = run && (await baselines.get(run.jobKey));
        return runs.finish(key, end, learn && (() => learn(old)));
      },
    })),
  },
  "ends a run whose learn throws": {
    caughtBy: "a learn that throws",
    store: storeWith("runs", ({ runs }) => ({
      finish: (key, end, learn) =>
        runs.finish(key, end, learn).catch(async (error: unknown) => {
          await runs.finish(key, end);
          throw error;
        }),
    })),
  },
  "loses a change that another overtakes": {
    caughtBy: "changes of one baseline at once",
    store: storeWith("baselines", ({ baselines }) => ({
      change: async (key, change) => {
        const old = await baselines.get(key);
        return baselines.change(key, () => change(old));
      },
    })),
  },
  "changes a baseline in place, under its old revision": {
    caughtBy: "change: makes stale what was decided on the baseline before",
    store: storeWith("detections", ({ detections, baselines }) => ({
      record: async (request) => {
        const revision = await baselines.revision(request.detection.jobKey);
        const isBehind = request.baselineRevision === revision - 1;
        return detections.record(isBehind ? { ...request, baselineRevision: revision } : request);
      },
    })),
  },
  "counts the job that asks among the callers": {
    caughtBy: "callers: does not count the job that asks",
    store: storeWith("baselines", ({ baselines }) => ({
      callers: (query) => baselines.callers({ ...query, jobKey: "github:no/such:ci.yml:job" }),
    })),
  },
  "takes a domain's callers for a host's": {
    caughtBy: "callers: counts a job once for a domain",
    store: storeWith("baselines", ({ baselines }) => ({
      callers: async (query) => {
        const { domain } = await baselines.callers(query);
        return { host: domain, domain };
      },
    })),
  },
  "counts as a caller who once called": {
    caughtBy: "callers: what a baseline forgot counts no more",
    store: storeWith("baselines", ({ baselines }) => ({
      change: (key, change) =>
        baselines.change(key, (before) => {
          const after = change(before);
          return { ...after, endpoints: { ...before?.endpoints, ...after.endpoints } };
        }),
    })),
  },
  "forgets a job in its list": {
    caughtBy: "lists the jobs that have one",
    store: storeWith("baselines", ({ baselines }) => ({
      list: async (query) => {
        const page = await baselines.list(query);
        return { ...page, items: page.items.filter((key) => !key.endsWith("7")) };
      },
    })),
  },
  "never comes to the next page": {
    caughtBy: "pages have no gaps and no repeats",
    store: storeWith("runs", ({ runs }) => ({
      list: ({ cursor: _, ...query } = {}) => runs.list(query),
    })),
  },
  "skips an item at every page": {
    caughtBy: "pages have no gaps and no repeats",
    store: storeWith("calls", ({ calls }) => ({
      list: async (key, query) => {
        const page = await calls.list(key, query);
        return query?.cursor === undefined ? page : { ...page, items: page.items.slice(1) };
      },
    })),
  },
  "numbers a repeated event": {
    caughtBy: "leaves out an event whose id the log holds",
    store: storeWith("events", ({ events }) => ({
      append: async (key, batch) => (await events.append(key, batch)).map((number) => number ?? 0),
    })),
  },
  "shows half a batch": {
    caughtBy: "shows a batch whole or not at all",
    store: storeWith("events", ({ events }) => ({
      append: async (key, batch) => {
        const numbers: (number | undefined)[] = [];
        for (const event of batch) {
          numbers.push(...(await events.append(key, [event])));
          await new Promise((resolve) => setImmediate(resolve));
        }
        return numbers;
      },
    })),
  },
  "forgets half a millisecond": {
    caughtBy: "gives back each event as it was",
    store: storeWith("events", ({ events }) => ({
      append: (key, batch) =>
        events.append(
          key,
          batch.map((event) => ({ ...event, time: Math.floor(event.time) })),
        ),
    })),
  },
  "gives one delivery to two owners": {
    caughtBy: "owners that claim at once never get the same delivery",
    store: storeWith("deliveries", ({ deliveries }) => ({
      claim: (query) => deliveries.claim({ ...query, now: query.now + 1e9 }),
    })),
  },
  "lets anybody settle a delivery": {
    caughtBy: "what another owner, or nobody, holds cannot be settled",
    store: storeWith("deliveries", ({ deliveries }) => ({
      delivered: async (ids, owner, now) => {
        await deliveries.delivered(ids, owner, now);
        return ids.length;
      },
    })),
  },
  "tries what was given up": {
    caughtBy: "one that is given up is dead",
    store: storeWith("deliveries", ({ deliveries }) => ({
      failed: (id, owner, failure) => deliveries.failed(id, owner, { retryAt: 0, ...failure }),
    })),
  },
  "claims what is told together one by one": {
    caughtBy: "what is due of one notifier and bundle is claimed together",
    store: storeWith("deliveries", ({ deliveries }) => ({
      claim: async (query) => (await deliveries.claim({ ...query, limit: 1 })).slice(0, 1),
    })),
  },
  "forgets who stands behind whom": {
    caughtBy: "what is behind one that waits for another attempt waits too",
    store: storeWith("detections", ({ detections }) => ({
      record: ({ deliveries, ...request }) =>
        detections.record({
          ...request,
          deliveries: deliveries.map(({ order: _, ...delivery }) => delivery),
        }),
    })),
  },
  "counts an attempt that was not made": {
    caughtBy: "what was not tried is given back, and that is no attempt",
    store: storeWith("deliveries", ({ deliveries }) => ({
      release: (ids, owner) => deliveries.failed(ids, owner, { error: "released", retryAt: 0 }),
    })),
  },
  "reviews what it read before": {
    caughtBy: "of many at once none is lost",
    store: storeWith("detections", ({ detections }) => ({
      review: async (id, decide) => {
        const before = await detections.get(id);
        await new Promise((resolve) => setImmediate(resolve));
        return detections.review(id, () => before && decide(before));
      },
    })),
  },
  "records what was decided on old rules": {
    caughtBy: "decided on older rules is stale",
    store: storeWith("detections", ({ detections }) => ({
      record: ({ suppressionRevision: _, ...request }) => detections.record(request),
    })),
  },
  "lets ended rules match": {
    caughtBy: "leave out the ended and the expired",
    store: storeWith("suppressions", ({ suppressions }) => ({
      list: ({ activeAt: _, ...page } = {}) => suppressions.list(page),
    })),
  },
  "loses a setting's change": {
    caughtBy: "of many changes at once none is lost",
    store: storeWith("settings", ({ settings }) => ({
      change: async (name, change) => {
        const before = await settings.get(name);
        await new Promise((resolve) => setImmediate(resolve));
        return settings.change(name, () => change(before?.value));
      },
    })),
  },
  "cuts texts at NUL": {
    caughtBy: "hostile texts: survive",
    store: storeWith("detections", ({ detections }) => ({
      get: async (id) => {
        const detection = await detections.get(id);
        return detection && JSON.parse(JSON.stringify(detection).replace(/\\u0000[^"]*/g, ""));
      },
    })),
  },
  "goes on after it was closed": {
    caughtBy: "every method rejects with CLOSED",
    store: () => ({ ...memoryStore(), close: async () => {} }),
  },
};
