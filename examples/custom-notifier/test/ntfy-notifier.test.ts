import { createMonitor, memoryStore } from "@straycall/core";
import { notifierConformance } from "@straycall/core/conformance";
import { describe, expect, it } from "vitest";
import { ntfyNotifier } from "../src/ntfy-notifier.js";
import { ntfyServer } from "./ntfy-server.js";

describe("the ntfy notifier", () => {
  notifierConformance({
    test: it,
    receiver: ntfyServer,
    create: ({ url }) => ntfyNotifier({ server: url, topic: "ci" }),
  });

  it("is told by a monitor", async () => {
    const server = await ntfyServer();
    const monitor = createMonitor({
      store: memoryStore(),
      notifiers: [ntfyNotifier({ server: server.url, topic: "ci" })],
      baseline: { learningRuns: 0 },
      notifyFrom: "info",
    });
    await monitor.ingest({
      run: { job: { platform: "local", repository: "r", workflow: "w", job: "j" }, runId: "1" },
      events: [
        {
          id: "1",
          time: 1_767_225_600_000,
          type: "network.connect",
          connection: { id: "1" },
          process: { pid: 1 },
          destination: { domain: "new.example", port: 443 },
          network: { transport: "udp" },
        },
        { id: "2", time: 1_767_225_600_001, type: "run.finished", run: { outcome: "success" } },
      ],
    });
    await monitor.close();
    const messages = await server.messages();
    await server.close();
    expect(messages).toHaveLength(1);
    expect(messages[0]?.text).toContain("new.example:443");
  });
});
