import type { Links, RunKey } from "@straycall/core";

/** A run's page. Its key holds `:`, `/` and `#`, all of which mean something in a path. */
export const runPath = (key: RunKey) => `/runs/${encodeURIComponent(key)}`;

export const detectionPath = (id: string) => `/detections/${encodeURIComponent(id)}`;

/** The links that notifications carry. */
export function pageLinks(publicUrl: string): Required<Links> {
  return {
    detection: (detection) => publicUrl + detectionPath(detection.id),
    run: (detection) => publicUrl + runPath(detection.run.key),
  };
}
