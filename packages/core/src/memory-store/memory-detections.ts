import type { DetectionStore } from "../contracts/store/detection-store.js";
import { StraycallError } from "../straycall-error.js";
import { inMemory, type MemoryState } from "./memory-state.js";
import { pageOf } from "./page-of.js";

export function memoryDetections(state: MemoryState): DetectionStore {
  const bySubject = new Map<string, number>();
  const byId = new Map<string, number>();

  return {
    record: ({ detection, deliveries, baselineRevision }) =>
      inMemory(state, () => {
        const { id, jobKey, kind, subject } = detection;
        const identity = JSON.stringify([jobKey, kind, subject]);
        const known = state.detections[bySubject.get(identity) ?? -1];
        if (known) return { outcome: "known" as const, detection: known };

        const revision = state.baselines.get(jobKey)?.revision ?? 0;
        if (revision !== baselineRevision) return { outcome: "stale" as const };

        if (byId.has(id)) throw taken("detection", id);
        const ids = new Set(deliveries.map((delivery) => delivery.id));
        if (ids.size < deliveries.length) throw taken("delivery", [...ids].join(", "));
        for (const delivery of structuredClone(deliveries)) {
          state.deliveries.set(delivery.id, { delivery });
        }
        const stored = structuredClone(detection);
        const place = state.detections.push(stored) - 1;
        bySubject.set(identity, place);
        byId.set(id, place);
        return { outcome: "recorded" as const, detection: stored };
      }),
    get: (id) => inMemory(state, () => state.detections[byId.get(id) ?? -1]),
    list: ({ jobKey, runKey, status, ...page } = {}) =>
      inMemory(state, () => {
        const found = state.detections.filter(
          (detection) =>
            (jobKey === undefined || detection.jobKey === jobKey) &&
            (runKey === undefined || detection.run.key === runKey) &&
            (status === undefined || detection.status === status),
        );
        return pageOf(found, ({ id }) => [-(byId.get(id) ?? 0), id], page);
      }),
  };
}

function taken(what: string, id: string): StraycallError {
  return new StraycallError("STORE_FAILED", `there is a ${what} ${id} already`);
}
