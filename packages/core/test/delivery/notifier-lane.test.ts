import { afterEach, describe, expect, it } from "vitest";
import {
  sampleDelivery,
  sampleDetection,
  sampleRun,
} from "../../src/conformance/store/sample-data.js";
import { silentLogger } from "../../src/contracts/logger.js";
import type { Notifier } from "../../src/contracts/notifier.js";
import type { Delivery } from "../../src/delivery/delivery.js";
import type { Notification } from "../../src/delivery/notification.js";
import { createOutbox, type Outbox } from "../../src/delivery/outbox.js";
import { defaultRetrySchedule } from "../../src/delivery/retry-schedule.js";
import type { Detection } from "../../src/detection/detection.js";
import { memoryStore } from "../../src/memory-store/memory-store.js";
import { StraycallError } from "../../src/straycall-error.js";

const opened: Outbox[] = [];
afterEach(async () => {
  for (const outbox of opened.splice(0)) await outbox.close(0);
});

/** An outbox over a store of its own, whose receiver does as it is told. */
function outboxTo(answer: (notification: Notification) => Promise<void> | void) {
  const store = memoryStore();
  const clock = { now: 2e12 };
  const requests: Notification[] = [];
  const chat: Notifier = {
    name: "chat",
    async notify(notification) {
      requests.push(notification);
      await answer(notification);
    },
  };
  const options = {
    store,
    notifiers: [chat],
    links: {},
    retry: defaultRetrySchedule,
    logger: silentLogger,
    now: () => clock.now,
  };
  const outbox = createOutbox(options);
  opened.push(outbox);
  const record = async (id: string, more: Partial<Delivery> = {}, of: Partial<Detection> = {}) => {
    const detection = sampleDetection(sampleRun("1"), id, `${id}.example`, of);
    const deliveries = [sampleDelivery(detection, "chat", more)];
    await store.detections.record({ detection, deliveries, baselineRevision: 0 });
  };
  const statusOf = async (id: string) => (await store.deliveries.list(id))[0];
  const told = () => requests.map(({ detection }) => detection.id);
  return { store, clock, requests, outbox, record, statusOf, told };
}

const refuse = (): never => {
  throw new Error("503");
};

describe("what is told together", () => {
  it("is one message that tells the worst first, under one key for ever", async () => {
    let isAway = true;
    const { outbox, record, requests, clock, statusOf } = outboxTo(() => {
      if (isAway) refuse();
    });
    await outbox.idle();
    await record("d1", { bundle: "run:1" }, { severity: "low" });
    await record("d2", { bundle: "run:1" }, { severity: "critical" });
    await record("d3", { bundle: "run:1" }, { severity: "low" });
    await outbox.idle();
    isAway = false;
    await record("d4", { bundle: "run:1" });
    clock.now += 10_000;
    await outbox.idle();
    const shown = requests.map(({ idempotencyKey, detection, others = [], together }) => ({
      key: idempotencyKey,
      ids: [detection, ...others.map((other) => other.detection)].map(({ id }) => id),
      together,
    }));
    const together = "run";
    expect(shown).toHaveLength(3);
    expect(shown[0]).toEqual({ key: "d1:chat", ids: ["d2", "d1", "d3"], together });
    expect(shown).toContainEqual({ key: "d4:chat", ids: ["d4"], together });
    expect(shown.filter(({ key }) => key === "d1:chat")).toEqual([shown[0], shown[0]]);
    for (const id of ["d1", "d2", "d3", "d4"]) {
      expect(await statusOf(id)).toMatchObject({ status: "delivered" });
    }
  });

  it("leaves out what was suppressed before it was told, and says so", async () => {
    const { store, outbox, record, requests, statusOf } = outboxTo(() => {});
    await outbox.idle();
    for (const id of ["d1", "d2"]) await record(id, { bundle: "run:1" });
    await record("d3");
    for (const id of ["d1", "d3"]) {
      const review = { action: "suppress", status: "suppressed", at: 1, by: "ann" } as const;
      await store.detections.review(id, () => ({ review, deliveries: [] }));
    }
    await outbox.idle();
    expect(requests.map(({ detection, others }) => [detection.id, others])).toEqual([
      ["d2", undefined],
    ]);
    expect(await statusOf("d2")).toMatchObject({ status: "delivered" });
    for (const id of ["d1", "d3"]) {
      expect(await statusOf(id)).toMatchObject({
        status: "dead",
        lastError: "the detection was suppressed before it was told",
      });
    }
  });
});

describe("what was sent", () => {
  it("is no failed attempt because the store could not note it at once", async () => {
    const { store, outbox, record, requests, statusOf } = outboxTo(() => {});
    await outbox.idle();
    const { delivered } = store.deliveries;
    let failures = 1;
    store.deliveries.delivered = async (...args) => {
      if (failures-- > 0) throw new StraycallError("STORE_FAILED", "the disk is full");
      return delivered(...args);
    };
    await record("d1");
    await outbox.idle();
    expect(requests).toHaveLength(1);
    expect(await statusOf("d1")).toMatchObject({ status: "delivered", attempts: 1 });
  });
});

describe("what has an order", () => {
  it("is sent one after the other, and waits behind what failed without counting an attempt", async () => {
    let failures = 1;
    const { outbox, record, told, clock, statusOf } = outboxTo(({ detection }) => {
      if (detection.id === "d2" && failures-- > 0) refuse();
    });
    await outbox.idle();
    for (const id of ["d1", "d2", "d3"]) await record(id, { order: "run:1" });
    await record("x", { order: "run:2" });
    await outbox.idle();
    expect(told().filter((id) => id !== "x")).toEqual(["d1", "d2"]);
    expect(told()).toContain("x");
    expect(await statusOf("d3")).toMatchObject({ status: "pending", attempts: 0 });
    clock.now += 10_000;
    await outbox.idle();
    expect(told().filter((id) => id !== "x")).toEqual(["d1", "d2", "d2", "d3"]);
  });
});

describe("a receiver", () => {
  it("that asks for a pause is left alone until then, and nothing is lost", async () => {
    let isBusy = true;
    const { outbox, record, requests, clock, statusOf } = outboxTo(() => {
      if (!isBusy) return;
      throw new StraycallError("NOTIFY_FAILED", "429", { retryAfterMs: 120_000 });
    });
    await outbox.idle();
    await record("d1");
    await outbox.idle();
    expect(requests).toHaveLength(1);
    await record("d2");
    for (let second = 0; second < 100; second += 1) {
      clock.now += 1_000;
      await outbox.idle();
    }
    expect(requests).toHaveLength(1);
    expect(outbox.paused().get("chat")).toBe(2e12 + 120_000);
    isBusy = false;
    clock.now += 30_000;
    await outbox.idle();
    expect(await statusOf("d1")).toMatchObject({ status: "delivered", attempts: 2 });
    expect(await statusOf("d2")).toMatchObject({ status: "delivered", attempts: 1 });
  });

  it("that is away is not hammered, however much is due, and gets everything when it is back", async () => {
    let isAway = true;
    const { outbox, record, requests, clock, statusOf } = outboxTo(() => {
      if (isAway) refuse();
    });
    await outbox.idle();
    for (let i = 0; i < 200; i += 1) await record(`d${i}`);
    for (let second = 0; second < 3_600; second += 10) {
      clock.now += 10_000;
      await outbox.idle();
    }
    // The first round, and then one attempt for each half minute.
    expect(requests.length).toBeGreaterThan(20);
    expect(requests.length).toBeLessThan(150);
    isAway = false;
    clock.now += 4_000_000;
    await outbox.idle();
    await outbox.idle();
    for (let i = 0; i < 200; i += 1) {
      expect(await statusOf(`d${i}`)).toMatchObject({ status: "delivered" });
    }
    expect(outbox.paused().size).toBe(0);
  });
});

describe("an outbox that is closed", () => {
  it("gives back what it did not begin, and other processes take it at once", async () => {
    const { store, outbox, record, requests, clock, statusOf } = outboxTo(
      () => new Promise(() => {}),
    );
    await outbox.idle();
    for (const id of ["d1", "d2", "d3"]) await record(id, { order: "run:1" });
    outbox.wake();
    await expect.poll(() => requests.length).toBe(1);
    await outbox.close(0);
    expect(await statusOf("d1")).toMatchObject({ status: "pending", attempts: 1 });
    expect(await statusOf("d2")).toMatchObject({ status: "pending", attempts: 0 });
    clock.now += 10_000;
    const { now } = clock;
    const claim = { notifiers: ["chat"], owner: "next", now, leaseUntil: now + 1, limit: 9 };
    expect((await store.deliveries.claim(claim)).map(({ id }) => id)).toEqual([
      "d1:chat",
      "d2:chat",
      "d3:chat",
    ]);
  });
});
