/** Replays the groups that it is sent, one after the other. */
import { parentPort } from "node:worker_threads";
import { detectorKinds } from "../detectors/detector-kinds.js";
import { straycallWithOutliers } from "../detectors/straycall-with-outliers.js";
import { type GroupTask, replayGroup } from "./replay-group.js";

parentPort?.on("message", (task: GroupTask) => {
  const kinds = task.outliers ? [...detectorKinds, ...straycallWithOutliers] : detectorKinds;
  parentPort?.postMessage(replayGroup(task, kinds));
});
