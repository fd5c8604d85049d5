import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CaptureEvent, createMonitor, memoryStore } from "@straycall/core";
import { agentConformance } from "@straycall/core/conformance";
import { afterAll, describe, expect, it, test } from "vitest";
import { squidLogAgent } from "../src/squid-log-agent.js";

const folder = mkdtempSync(join(tmpdir(), "straycall-squid-"));
afterAll(() => rmSync(folder, { recursive: true }));

const client = "10.0.0.7";
const line = (from: string, target: string, status = "TCP_TUNNEL/200", time = 1767225600123) =>
  `${(time / 1000).toFixed(3)}     45 ${from} ${status} 3912 CONNECT ${target} - HIER_DIRECT/203.0.113.9 -\n`;

/** A log that has lines of an earlier job. */
function newLog(name: string): string {
  const path = join(folder, name);
  writeFileSync(path, line(client, "earlier.example:443"));
  return path;
}

/** Captures while `write` writes to the log. */
async function capture(path: string, write: () => void): Promise<CaptureEvent[]> {
  const stop = new AbortController();
  const events: CaptureEvent[] = [];
  for await (const event of squidLogAgent({ path, client }).capture(stop.signal)) {
    events.push(event);
    if (event.type === "capture.started") {
      write();
      stop.abort();
    }
  }
  return events;
}

let logs = 0;

/** How many times this process has a file open. */
function timesOpen(path: string): number {
  const links = readdirSync("/proc/self/fd").map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return "closed meanwhile";
    }
  });
  return links.filter((link) => link === path).length;
}

describe("the Squid log agent keeps what a capture agent promises", () => {
  agentConformance({
    test,
    open() {
      logs += 1;
      const path = newLog(`conformance-${logs}`);
      let calls = 0;
      const write = (host: string, count: number) =>
        appendFileSync(path, line(client, `${host}:443`, undefined, Date.now()).repeat(count));
      return {
        agent: squidLogAgent({ path, client }),
        async call() {
          calls += 1;
          const host = `host-${calls}.example`;
          write(host, 1);
          return { host, port: 443 };
        },
        async flood() {
          const count = 2_000;
          write("flood.example", count);
          return { host: "flood.example", port: 443, count };
        },
        held: () => timesOpen(path),
        close: async () => {},
      };
    },
  });
});

describe("the Squid log agent", () => {
  it("yields the tunnels that its client opens from now on", async () => {
    const path = newLog("tunnels");
    const events = await capture(path, () => {
      appendFileSync(path, line(client, "registry.example:443"));
      appendFileSync(path, line("10.0.0.8", "other-machine.example:443"));
      appendFileSync(path, line(client, "denied.example:8443", "TCP_DENIED/403"));
    });
    expect(events.map((event) => event.type)).toEqual([
      "capture.started",
      "network.connect",
      "network.result",
      "network.close",
      "network.connect",
      "network.result",
      "network.close",
    ]);
    expect(events[1]).toMatchObject({ destination: { domain: "registry.example", port: 443 } });
    expect(events[2]).toMatchObject({ result: "established" });
    expect(events[3]).toMatchObject({ destination: { bytes: 3912 } });
    expect(events[4]).toMatchObject({ destination: { domain: "denied.example", port: 8443 } });
    expect(events[5]).toMatchObject({ result: "failed" });
  });

  it("leaves out what is no tunnel, and a line that is not yet whole", async () => {
    const path = newLog("odd");
    const events = await capture(path, () => {
      appendFileSync(path, `\u0000<script>\n${"x".repeat(100_000)}\nCONNECT\n`);
      appendFileSync(path, line(client, "after.example:443"));
      appendFileSync(path, line(client, "half.example:443").slice(0, -1));
    });
    const called = events.flatMap((event) =>
      event.type === "network.connect" ? [event.destination.domain] : [],
    );
    expect(called).toEqual(["after.example"]);
  });

  it("says that it cannot capture without a log", async () => {
    const capturing = squidLogAgent({ path: join(folder, "none"), client });
    const first = capturing.capture(new AbortController().signal)[Symbol.asyncIterator]().next();
    await expect(first).rejects.toMatchObject({ code: "CAPTURE_UNSUPPORTED" });
  });

  it("feeds a monitor: the run says what could not be seen", async () => {
    const path = newLog("monitor");
    const store = memoryStore();
    const monitor = createMonitor({ store, baseline: { learningRuns: 0 } });
    const job = { platform: "local", repository: "r", workflow: "w", job: "j" };
    const run = await monitor.startRun({ job, runId: "1" });
    const stop = new AbortController();
    const watching = run.watch(squidLogAgent({ path, client }), stop.signal);
    // The log is followed once the run's log holds the agent's first event.
    while ((await store.events.read(run.key, 0, 1)).length === 0) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    appendFileSync(path, line(client, "registry.example:443"));
    stop.abort();
    await watching;
    const report = await run.finish({ outcome: "success" });
    await monitor.close();
    expect(report.detections.map(({ subject }) => subject)).toEqual(["registry.example:443"]);
    expect(report.run.coverage).toMatchObject({ level: "partial", lost: 0 });
  });
});
