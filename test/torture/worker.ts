import { createMonitor } from "@straycall/core";
import { emailNotifier } from "@straycall/notifier-email";
import { githubCheckNotifier } from "@straycall/notifier-github-check";
import { webhookNotifier } from "@straycall/notifier-webhook";
import { sqliteStore } from "@straycall/store-sqlite";
import type { WorkerMessage, WorkerOptions, WorkOrder } from "./work.js";

/* One of the processes: a service that observes runs and tells what it finds, until it is killed. */

const options = JSON.parse(process.argv[2] ?? "") as WorkerOptions;
const answer = (message: WorkerMessage) => process.send?.(message);

const store = sqliteStore({ path: options.database });
const monitor = createMonitor({
  store,
  // Everything is told, from the first run on.
  baseline: { learningRuns: 0 },
  notifyFrom: "info",
  notifiers: [
    webhookNotifier({ url: options.webhookUrl, secret: options.webhookSecret }),
    emailNotifier({
      smtpUrl: `smtp://127.0.0.1:${options.smtpPort}`,
      from: "straycall@example.com",
      to: "team@example.com",
    }),
    githubCheckNotifier({
      auth: { token: options.githubToken },
      apiUrl: options.githubUrl,
      store,
      failFrom: "info",
    }),
  ],
});

process.on("message", async ({ id, work }: WorkOrder) => {
  try {
    const run = await monitor.startRun({ ...work.ref, commit: work.commit });
    if (work.kind === "observe") await run.observe(work.events);
    else await run.finish({ outcome: "success" });
    answer({ id });
  } catch (error) {
    answer({ id, error: String(error) });
  }
});

// The test itself is gone.
process.on("disconnect", () => process.exit());

// As a service does when it starts.
await monitor.resume();
answer({ ready: true });
