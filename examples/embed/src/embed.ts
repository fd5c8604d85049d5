import { createMonitor, type JobRef, notificationText, type Store } from "@straycall/core";
import { slackNotifier } from "@straycall/notifier-slack";

const job: JobRef = { platform: "local", repository: "acme/shop", workflow: "ci", job: "build" };

/** Straycall inside your own program: your store, your notifiers, and Slack if you have it. */
export function embedded(store: Store, print: (text: string) => void) {
  const webhookUrl = process.env.SLACK_WEBHOOK_URL;
  const monitor = createMonitor({
    store,
    notifiers: webhookUrl ? [slackNotifier({ webhookUrl })] : [],
    baseline: { learningRuns: 3 },
  });

  return {
    /** Observes one run of the job, from its first event to its last, and prints what was new. */
    async observeRun(runId: string, events: readonly unknown[]) {
      const run = await monitor.startRun({ job, runId, commit: "4f2a9c1" });
      const { rejected } = await run.observe(events);
      for (const { index, field, message } of rejected)
        print(`event ${index}: ${field} ${message}`);
      const { detections } = await run.finish({ outcome: "success" });
      for (const detection of detections) {
        print(notificationText({ idempotencyKey: detection.id, detection, links: {} }));
      }
      return detections;
    },
    close: () => monitor.close(),
  };
}
