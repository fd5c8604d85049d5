import type { DetectionQuery, DetectionStore } from "../contracts/store/detection-store.js";
import { detectionSearchText, searchTerm } from "../contracts/store/search-text.js";
import type { Delivery } from "../delivery/delivery.js";
import { compareSeverity, type Detection } from "../detection/detection.js";
import { reviewed } from "../detection/reviewed.js";
import { inScope } from "../job/repository-scope.js";
import { StraycallError } from "../straycall-error.js";
import { inMemory, type MemoryState } from "./memory-state.js";
import { pageOf } from "./page-of.js";

export function memoryDetections(state: MemoryState): DetectionStore {
  const bySubject = new Map<string, number>();
  const byId = new Map<string, number>();

  /** All or none. */
  const addDeliveries = (deliveries: readonly Delivery[]) => {
    const ids = deliveries.map(({ id }) => id);
    const known = ids.filter((id, at) => state.deliveries.has(id) || ids.indexOf(id) < at);
    if (known[0] !== undefined) throw taken("delivery", known[0]);
    for (const delivery of structuredClone(deliveries)) {
      state.deliveries.set(delivery.id, { delivery });
    }
  };

  return {
    record: ({ detection, deliveries, baselineRevision, suppressionRevision }) =>
      inMemory(state, () => {
        const { id, jobKey, kind, subject } = detection;
        const identity = JSON.stringify([jobKey, kind, subject]);
        const known = state.detections[bySubject.get(identity) ?? -1];
        if (known) return { outcome: "known" as const, detection: known };

        const revision = state.baselines.get(jobKey)?.revision ?? 0;
        const rules = suppressionRevision ?? state.suppressionRevision;
        if (revision !== baselineRevision || rules !== state.suppressionRevision) {
          return { outcome: "stale" as const };
        }

        if (byId.has(id)) throw taken("detection", id);
        addDeliveries(deliveries);
        const stored = structuredClone(detection);
        const place = state.detections.push(stored) - 1;
        bySubject.set(identity, place);
        byId.set(id, place);
        return { outcome: "recorded" as const, detection: stored };
      }),
    review: (id, decide) =>
      inMemory(state, () => {
        const place = byId.get(id);
        const before = state.detections[place ?? -1];
        if (place === undefined || before === undefined) return undefined;
        const decision = structuredClone(decide(structuredClone(before)));
        if (decision === undefined) return before;
        addDeliveries(decision.deliveries);
        const after = reviewed(before, decision.review);
        state.detections[place] = after;
        return after;
      }),
    get: (id) => inMemory(state, () => state.detections[byId.get(id) ?? -1]),
    list: (query = {}) =>
      inMemory(state, () => {
        const found = state.detections.filter((detection) => fits(detection, query));
        return pageOf(found, ({ id }) => [-(byId.get(id) ?? 0), id], query);
      }),
  };
}

function fits(detection: Detection, query: DetectionQuery): boolean {
  const { jobKey, runKey, status, kind, subject, minimumSeverity = "info", search = "" } = query;
  return (
    (jobKey === undefined || detection.jobKey === jobKey) &&
    (runKey === undefined || detection.run.key === runKey) &&
    (status === undefined || detection.status === status) &&
    (kind === undefined || detection.kind === kind) &&
    (subject === undefined || detection.subject === subject) &&
    inScope(query.repositories, detection.job.repository) &&
    compareSeverity(detection.severity, minimumSeverity) >= 0 &&
    (search === "" || detectionSearchText(detection).includes(searchTerm(search)))
  );
}

function taken(what: string, id: string): StraycallError {
  return new StraycallError("STORE_FAILED", `there is a ${what} ${id} already`);
}
