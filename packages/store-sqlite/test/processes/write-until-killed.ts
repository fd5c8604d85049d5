import type { CaptureEvent } from "@straycall/core";
import { sqliteStore } from "../../src/sqlite-store.js";
import { recordRequest, sampleRun } from "../sample-detections.js";
import { waitForGo } from "./wait-for-go.js";

/* Records detections and appends events until it is killed, at the latest after many; prints the number of each once it is committed. */
const [path = "", name = ""] = process.argv.slice(2);
await waitForGo();
const store = sqliteStore({ path });
const { key } = sampleRun("1");
for (let i = 0; i < 10_000; i += 1) {
  await store.detections.record(recordRequest(`${name}-${i}`, `${name}-${i}.example`));
  const events = Array.from(
    { length: 100 },
    (_, j): CaptureEvent => ({
      id: `${name}-${i}-${j}`,
      time: i,
      type: "capture.lost",
      lost: { count: 1, reason: "x".repeat(200) },
    }),
  );
  await store.events.append(key, events);
  console.log(i);
}
