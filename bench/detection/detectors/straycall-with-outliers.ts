import { isolationForestScorer } from "@straycall/core";
import { mlIsolationForestScorer } from "@straycall/scorer-ml-isolation-forest";
import type { DetectorKind } from "./detector.js";
import { createStraycall } from "./straycall.js";

/** Half the usual number, for time; more change little. */
const trees = 50;

/** The model with a scorer of outliers, which adds to what it says of traffic. */
export const straycallWithOutliers: readonly DetectorKind[] = [
  {
    name: "straycall with isolation-forest",
    create: () => createStraycall(isolationForestScorer({ trees })),
  },
  {
    name: "straycall with ml-isolation-forest",
    create: () => createStraycall(mlIsolationForestScorer({ trees })),
  },
];
