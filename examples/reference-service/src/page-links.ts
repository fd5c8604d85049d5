import type { JobKey, Links, RunKey } from "@straycall/core";

/** A run's page. Its key holds `:`, `/` and `#`, all of which mean something in a path. */
export const runPath = (key: RunKey) => `/runs/${encodeURIComponent(key)}`;

export const processPath = (key: RunKey, entityId: string) =>
  `${runPath(key)}/processes/${encodeURIComponent(entityId)}`;

export const detectionPath = (id: string) => `/detections/${encodeURIComponent(id)}`;

export const baselinePath = (key: JobKey) => `/baselines/${encodeURIComponent(key)}`;

export const destinationPath = (host: string) => `/destinations/${encodeURIComponent(host)}`;

/** The links that notifications carry. */
export function pageLinks(publicUrl: string): Required<Links> {
  return {
    detection: (detection) => publicUrl + detectionPath(detection.id),
    run: (detection) => publicUrl + runPath(detection.run.key),
  };
}
