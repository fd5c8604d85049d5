import { describe, expect, it } from "vitest";
import { silentLogger } from "../../src/contracts/logger.js";
import type { Notifier } from "../../src/contracts/notifier.js";
import { createOutbox } from "../../src/delivery/outbox.js";
import { defaultRetrySchedule, retryDelay } from "../../src/delivery/retry-schedule.js";
import { memoryStore } from "../../src/memory-store/memory-store.js";
import { createMonitor } from "../../src/monitor/monitor.js";
import { httpCall } from "../events/make-events.js";

const job = { platform: "local", repository: "shop", workflow: "ci", job: "build" };

/** A store that holds one detection to be told through the notifiers of these names. */
async function storeWithDetection(...notifiers: string[]) {
  const store = memoryStore();
  const silent = notifiers.map(
    (name): Notifier => ({
      name,
      notify: async () => {
        throw new Error("not yet");
      },
    }),
  );
  let now = 1_000;
  const monitor = createMonitor({
    store,
    notifiers: silent,
    baseline: { learningRuns: 0 },
    now: () => now,
  });
  await monitor.ingest({
    run: { job, runId: "r" },
    events: httpCall(7, "evil.example", "198.51.100.6"),
  });
  await monitor.close();
  now += 10_000;
  const [detection] = (await store.detections.list()).items;
  if (detection === undefined) throw new Error("no detection");
  return { store, detection };
}

function outboxOf(
  store: ReturnType<typeof memoryStore>,
  notifiers: Notifier[],
  clock: { now: number },
) {
  return createOutbox({
    store,
    notifiers,
    links: { detection: (detection) => `https://ci.example/d/${detection.id}` },
    retry: defaultRetrySchedule,
    logger: silentLogger,
    now: () => clock.now,
  });
}

describe("the outbox", () => {
  it("delivers once, with the idempotency key and the links", async () => {
    const { store, detection } = await storeWithDetection("chat");
    const told: unknown[] = [];
    const clock = { now: 1_000_000 };
    const chat: Notifier = { name: "chat", notify: async (n) => void told.push(n) };
    const outbox = outboxOf(store, [chat], clock);
    await outbox.idle();
    clock.now += 10_000_000;
    await outbox.idle();
    await outbox.close();
    expect(told).toMatchObject([
      {
        idempotencyKey: `${detection.id}:chat`,
        links: { detection: `https://ci.example/d/${detection.id}` },
      },
    ]);
    expect(await store.deliveries.list(detection.id)).toMatchObject([
      { status: "delivered", deliveredAt: 1_000_000 },
    ]);
  });

  it("tries again later and keeps why it failed", async () => {
    const { store, detection } = await storeWithDetection("chat");
    const clock = { now: 1_000_000 };
    let failures = 3;
    const attempts: number[] = [];
    const chat: Notifier = {
      name: "chat",
      notify: async () => {
        attempts.push(clock.now);
        failures -= 1;
        if (failures >= 0) throw new Error("503 from chat");
      },
    };
    const outbox = outboxOf(store, [chat], clock);
    await outbox.idle();
    const [failed] = await store.deliveries.list(detection.id);
    expect(failed).toMatchObject({ status: "pending", lastError: "503 from chat" });
    expect(failed?.dueAt).toBeGreaterThan(clock.now);
    for (let i = 0; i < 3; i += 1) {
      clock.now += 3_600_000;
      await outbox.idle();
    }
    await outbox.close();
    expect(attempts).toHaveLength(4);
    expect((await store.deliveries.list(detection.id))[0]?.status).toBe("delivered");
  });

  it("gives up on a delivery that is too old and says why", async () => {
    const { store, detection } = await storeWithDetection("chat");
    const clock = { now: 1_000_000_000 };
    const chat: Notifier = {
      name: "chat",
      notify: async () => {
        throw new Error("gone for good");
      },
    };
    const outbox = outboxOf(store, [chat], clock);
    // One failure after a long absence is not enough.
    await outbox.idle();
    expect((await store.deliveries.list(detection.id))[0]?.status).toBe("pending");
    for (let attempt = 0; attempt < 5; attempt += 1) {
      clock.now += 3_600_000;
      await outbox.idle();
    }
    await outbox.close();
    expect(await store.deliveries.list(detection.id)).toMatchObject([
      { status: "dead", lastError: "gone for good" },
    ]);
  });

  it("does not let a slow notifier hold up another", async () => {
    const { store, detection } = await storeWithDetection("slow", "quick");
    const clock = { now: 1_000_000 };
    const slow: Notifier = {
      name: "slow",
      notify: (_, signal) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => reject(new Error("took too long")));
        }),
    };
    const quick: Notifier = { name: "quick", notify: async () => {} };
    const outbox = outboxOf(store, [slow, quick], clock);
    await expect
      .poll(async () => (await store.deliveries.list(detection.id)).map((d) => d.status), {
        timeout: 20_000,
      })
      .toEqual(["pending", "delivered"]);
    await outbox.close(0);
    expect((await store.deliveries.list(detection.id))[0]).toMatchObject({
      status: "pending",
      lastError: "took too long",
    });
  });

  it("does not wait for a notifier that ignores its signal", async () => {
    const { store, detection } = await storeWithDetection("deaf");
    const deaf: Notifier = { name: "deaf", notify: () => new Promise(() => {}) };
    const outbox = outboxOf(store, [deaf], { now: 1_000_000 });
    await new Promise((resolve) => setTimeout(resolve, 20));
    await outbox.close(0);
    expect(await store.deliveries.list(detection.id)).toMatchObject([
      { status: "pending", lastError: "it took too long" },
    ]);
  });

  it("never sends one delivery from two processes", async () => {
    const { store } = await storeWithDetection("chat");
    const clock = { now: 1_000_000 };
    let sent = 0;
    const chat: Notifier = {
      name: "chat",
      notify: async () => {
        sent += 1;
        await new Promise((resolve) => setTimeout(resolve, 20));
      },
    };
    const outboxes = Array.from({ length: 8 }, () => outboxOf(store, [chat], clock));
    await Promise.all(outboxes.map((outbox) => outbox.idle()));
    await Promise.all(outboxes.map((outbox) => outbox.close()));
    expect(sent).toBe(1);
  });
});

describe("retryDelay", () => {
  it("doubles up to a limit, half of it random", () => {
    const least = (attempts: number) => retryDelay(attempts, defaultRetrySchedule, () => 0);
    const most = (attempts: number) => retryDelay(attempts, defaultRetrySchedule, () => 1);
    expect([1, 2, 3, 4].map(most)).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect([1, 2, 3, 4].map(least)).toEqual([500, 1_000, 2_000, 4_000]);
    expect(most(1_000)).toBe(3_600_000);
  });
});
