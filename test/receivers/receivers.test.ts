import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { type CaptureEvent, createMonitor, memoryStore, type Store } from "@straycall/core";
import { webhookNotifier } from "@straycall/notifier-webhook";
import selfSignedCertificate from "smtp-server/lib/tls-options.js";
import { describe, expect, it } from "vitest";
import { type Oddity, startOddReceiver } from "./odd-receiver.js";

const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const job = { platform: "github", repository: "acme/shop", workflow: "ci.yml", job: "build" };
/** A minute of the monitor's is a second of ours. */
const haste = 60;
const startedAt = Date.now();
const now = () => startedAt + (Date.now() - startedAt) * haste;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function monitorTelling(store: Store, url: string) {
  return createMonitor({
    store,
    notifiers: [webhookNotifier({ url, secret, timeoutMs: 300 })],
    baseline: { learningRuns: 0 },
    notifyFrom: "info",
    now,
  });
}

/** A run that calls so many endpoints that no job called before. */
async function observeRun(
  monitor: ReturnType<typeof monitorTelling>,
  runId: string,
  count: number,
) {
  const run = await monitor.startRun({ job: { ...job, repository: `acme/${runId}` }, runId });
  const envelope = (id: string) => ({ id: `${runId}-${id}`, time: startedAt });
  await run.observe({ ...envelope("0"), type: "capture.started", agent: { name: "test" } });
  for (let at = 0; at < count; at += 1) {
    const event: CaptureEvent = {
      ...envelope(`c${at}`),
      type: "network.connect",
      connection: { id: `${runId}-${at}` },
      process: { pid: 7, executable: "/usr/bin/curl", args: ["curl"] },
      destination: { ip: `11.0.${runId}.${at}`, port: 443 },
      network: { transport: "tcp" },
    };
    await run.observe(event);
  }
  await run.finish({ outcome: "success" });
}

const idsOf = async (store: Store, runId: string) => {
  const { items } = await store.detections.list({ limit: 1_000 });
  const own = items.filter(({ run }) => run.runId === runId);
  return own.map(({ id }) => id).reverse();
};

const pendingIn = async (store: Store) =>
  (await store.deliveries.counts()).reduce((sum, { pending }) => sum + pending, 0);

describe("a receiver that", () => {
  it.each([
    // It may be asked again after a minute and a half.
    ["429", 1, 8],
    // Five failures, then one attempt each half minute.
    ["500", 5, 24],
    ["hangs", 5, 24],
    ["closes", 5, 24],
    ["is away", 0, 0],
  ] as [Oddity, number, number][])(
    "answers badly (%s) for some minutes is not hammered, and gets all in order when it recovers",
    { timeout: 60_000 },
    async (oddity, least, most) => {
      const receiver = await startOddReceiver(oddity);
      const store = memoryStore();
      const monitor = monitorTelling(store, receiver.url);
      for (const runId of ["1", "2", "3"]) await observeRun(monitor, runId, 10);
      await pause(5_000);
      const asked = receiver.requests;
      console.info(`${oddity}: ${asked} requests in 5 minutes, with 30 due`);
      expect(asked).toBeGreaterThanOrEqual(least);
      expect(asked).toBeLessThanOrEqual(most);
      expect(receiver.accepted).toEqual([]);
      expect(await pendingIn(store)).toBe(30);

      await receiver.recover();
      await expect.poll(() => pendingIn(store), { timeout: 30_000 }).toBe(0);
      expect(receiver.accepted).toHaveLength(30);
      for (const runId of ["1", "2", "3"]) {
        const ids = await idsOf(store, runId);
        expect(receiver.accepted.filter((id) => ids.includes(id))).toEqual(ids);
      }
      await monitor.close();
      await receiver.close();
    },
  );

  it("has a bad certificate is told nothing, and one put right gets it after a restart", async () => {
    let requests = 0;
    const impostor = createServer(selfSignedCertificate(), (_, response) => {
      requests += 1;
      response.end();
    });
    await new Promise<void>((resolve) => impostor.listen(0, "127.0.0.1", resolve));
    const { port } = impostor.address() as AddressInfo;
    const store = memoryStore();
    const monitor = monitorTelling(store, `https://localhost:${port}/`);
    await observeRun(monitor, "1", 3);
    await pause(2_000);
    await monitor.close();
    impostor.close();
    expect(requests).toBe(0);
    const { items } = await store.deliveries.find();
    expect(items.at(-1)?.lastError).toMatch(/cannot be reached: .*certificate/);

    const receiver = await startOddReceiver("500");
    await receiver.recover();
    const restarted = monitorTelling(store, receiver.url);
    await expect.poll(() => pendingIn(store), { timeout: 20_000 }).toBe(0);
    expect(receiver.accepted).toEqual(await idsOf(store, "1"));
    await restarted.close();
    await receiver.close();
  });
});
