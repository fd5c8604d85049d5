import { type Call, createMonitor, memoryStore } from "@straycall/core";
import type { Recording } from "./record.js";

/** The calls that core makes of what was recorded. */
export async function correlate({ events }: Pick<Recording, "events">): Promise<Call[]> {
  const store = memoryStore();
  const monitor = createMonitor({ store, notifiers: [] });
  const job = { platform: "test", repository: "a/b", workflow: "ci", job: "test" };
  const run = await monitor.startRun({ job, runId: "1" });
  await run.observe(events);
  await run.finish({ outcome: "success" });
  const [{ key } = { key: "" }] = (await store.runs.list()).items;
  return (await store.calls.list(key, { limit: 1_000 })).items;
}
