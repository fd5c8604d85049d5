import { sqliteStore } from "../../src/sqlite-store.js";
import { recordRequest } from "../sample-detections.js";
import { waitForGo } from "./wait-for-go.js";

/* Records the detections of hosts 0 to count - 1 and prints which of them it was the first to record. */
const [path = "", name = "", count = ""] = process.argv.slice(2);
await waitForGo();
const store = sqliteStore({ path });
for (let i = 0; i < Number(count); i += 1) {
  const request = recordRequest(`${name}-${i}`, `host-${i}.example`);
  const { outcome } = await store.detections.record(request);
  if (outcome === "recorded") console.log(i);
}
await store.close();
