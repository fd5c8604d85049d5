import type { Detection } from "../detection/detection.js";
import type { DetectionLinks } from "./notification.js";

/** Makes the links that notifications carry; leave one out and it is not shown. */
export interface Links {
  /** The page that shows a detection. */
  detection?: (detection: Detection) => string;
  /** The page that shows its run. Default: where the CI platform shows it, if that is known. */
  run?: (detection: Detection) => string;
}

export function linksOf(detection: Detection, links: Links): DetectionLinks {
  const run = links.run?.(detection) ?? detection.run.url;
  return {
    ...(links.detection ? { detection: links.detection(detection) } : {}),
    ...(run === undefined ? {} : { run }),
  };
}
