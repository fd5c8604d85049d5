import type { DetectorKind } from "./detector.js";
import { exactHost, newDomainOfRepository, newHostOfRepository } from "./exact-rules.js";
import { isolationForestAlone, mlIsolationForestAlone } from "./forest-alone.js";
import { straycall } from "./straycall.js";

/** The detectors that are compared. */
export const detectorKinds: readonly DetectorKind[] = [
  exactHost,
  newHostOfRepository,
  newDomainOfRepository,
  isolationForestAlone,
  mlIsolationForestAlone,
  straycall,
];
