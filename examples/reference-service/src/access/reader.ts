import {
  type BaselineStore,
  type CallStore,
  type Delivery,
  type DetectionStore,
  type Investigation,
  inScope,
  type JobKey,
  type Monitor,
  type ProcessStore,
  parseJobKey,
  type RepositoryScope,
  type RunKey,
  type RunLog,
  type RunStore,
  type Store,
} from "@straycall/core";

/**
 * All that somebody may look at. What is of another repository is not there: it is not found, and in no list.
 *
 * Routes that read get this and no store, so that none can forget to ask.
 */
export interface Reader {
  readonly repositories: RepositoryScope | undefined;
  readonly runs: Pick<RunStore, "get" | "list">;
  readonly calls: Pick<CallStore, "get" | "list" | "density">;
  readonly processes: Pick<ProcessStore, "get" | "list">;
  readonly detections: Pick<DetectionStore, "get" | "list">;
  readonly baselines: Pick<BaselineStore, "get" | "list" | "destinations" | "callersOf">;
  deliveriesOf(detectionId: string): Promise<Delivery[]>;
  investigate(detectionId: string): Promise<Investigation | undefined>;
  buildLog(key: RunKey): Promise<RunLog | undefined>;
}

export function readerOf(
  monitor: Monitor,
  store: Store,
  repositories: RepositoryScope | undefined,
): Reader {
  const scope = repositories === undefined ? {} : { repositories };
  const sees = (key: JobKey | undefined) =>
    repositories === undefined ||
    inScope(repositories, (key && parseJobKey(key)?.repository) ?? "");
  const seesRun = (key: RunKey) => sees(jobOfRun(key));
  const { runs, calls, processes, detections, baselines } = store;
  const none = async () => ({ items: [] });
  const detection: Reader["detections"]["get"] = async (id) => {
    const found = await detections.get(id);
    return found && sees(found.jobKey) ? found : undefined;
  };

  return {
    repositories,
    runs: {
      get: async (key) => (seesRun(key) ? runs.get(key) : undefined),
      list: (query) => runs.list({ ...query, ...scope }),
    },
    calls: {
      get: async (key, id) => (seesRun(key) ? calls.get(key, id) : undefined),
      list: (key, query) => (seesRun(key) ? calls.list(key, query) : none()),
      density: async (key, query) => (seesRun(key) ? calls.density(key, query) : []),
    },
    processes: {
      get: async (key, id) => (seesRun(key) ? processes.get(key, id) : undefined),
      list: (key, query) => (seesRun(key) ? processes.list(key, query) : none()),
    },
    detections: { get: detection, list: (query) => detections.list({ ...query, ...scope }) },
    baselines: {
      get: async (key) => (sees(key) ? baselines.get(key) : undefined),
      list: (query) => baselines.list({ ...query, ...scope }),
      destinations: (query) => baselines.destinations({ ...query, ...scope }),
      callersOf: (host, query) => baselines.callersOf(host, { ...query, ...scope }),
    },
    deliveriesOf: async (id) => ((await detection(id)) ? store.deliveries.list(id) : []),
    investigate: async (id) => ((await detection(id)) ? monitor.investigate(id, scope) : undefined),
    buildLog: async (key) =>
      seesRun(key) && (await runs.get(key)) ? monitor.buildLog(key) : undefined,
  };
}

/** A run's key begins with its job's, in which a `#` is written `%23`. */
function jobOfRun(key: RunKey): JobKey | undefined {
  const end = key.indexOf("#");
  return end < 0 ? undefined : key.slice(0, end).replaceAll("%23", "#");
}
