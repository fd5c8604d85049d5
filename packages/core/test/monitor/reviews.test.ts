import { describe, expect, it } from "vitest";
import type { Notification, ReviewNotice } from "../../src/delivery/notification.js";
import { auditedJob, calls, installScript, usual } from "./audited-job.js";

const collector = () => calls(7, "collector.example", "203.0.113.9", { requests: ["POST /u"] });

/** A job that told a new endpoint, and what its notifier hears. */
async function toldJob(options: Parameters<typeof auditedJob>[0] = {}) {
  const notices: ReviewNotice[] = [];
  const told: Notification[] = [];
  const thread = {
    name: "thread",
    async notify(notification: Notification) {
      told.push(notification);
      return { receipt: `thread-${told.length}` };
    },
    reviewed: async (notice: ReviewNotice) => void notices.push(notice),
  };
  const deaf = { name: "deaf", notify: async () => {} };
  const audited = auditedJob({ notifiers: [thread, deaf], ...options });
  await audited.learn();
  const { detections } = await audited.run([...usual(), ...collector()]);
  await audited.monitor.idle();
  return { ...audited, notices, told, id: detections[0]?.id ?? "" };
}

describe("a review", () => {
  it("is kept with who, when and why, and told in the thread of the detection", async () => {
    const { monitor, store, notices, id } = await toldJob();
    await monitor.review(id, { action: "acknowledge", by: "ann", note: "our new mirror" });
    await monitor.review(id, { action: "resolve", by: "bob" });
    const reopened = await monitor.review(id, { action: "reopen", by: "ann" });
    await monitor.idle();
    expect(reopened.status).toBe("new");
    expect(reopened.reviews).toMatchObject([
      { action: "acknowledge", status: "acknowledged", by: "ann", note: "our new mirror" },
      { action: "resolve", status: "resolved", by: "bob" },
      { action: "reopen", status: "new", by: "ann" },
    ]);
    expect(
      notices.map(({ receipt, review, idempotencyKey }) => [
        receipt,
        review.action,
        idempotencyKey,
      ]),
    ).toEqual([
      ["thread-1", "acknowledge", `${id}:thread:review-0`],
      ["thread-1", "resolve", `${id}:thread:review-1`],
      ["thread-1", "reopen", `${id}:thread:review-2`],
    ]);
    const deliveries = await store.deliveries.list(id);
    expect(deliveries.map(({ notifier, status }) => [notifier, status])).toEqual([
      ["thread", "delivered"],
      ["deaf", "delivered"],
      ...Array.from({ length: 3 }, () => ["thread", "delivered"]),
    ]);
  });

  it.each([
    ["action", { action: "suppress", by: "ann" }],
    ["by", { action: "resolve", by: "" }],
    ["note", { action: "resolve", by: "ann", note: "x".repeat(2_001) }],
  ])("is refused for its %s", async (field, request) => {
    const { monitor, id } = await toldJob();
    const refused = expect.objectContaining({ code: "CONFIG_INVALID", field });
    await expect(monitor.review(id, request as never)).rejects.toEqual(refused);
  });

  it("of no detection is refused", async () => {
    const { monitor } = await toldJob();
    const refused = expect.objectContaining({ code: "NOT_FOUND" });
    await expect(monitor.review("x", { action: "resolve", by: "ann" })).rejects.toEqual(refused);
  });

  it("makes an endpoint that was unreviewed count as evidence", async () => {
    const { monitor, store, id } = await toldJob();
    const { jobKey } = (await store.detections.get(id)) ?? {};
    const endpoint = async () =>
      (await store.baselines.get(jobKey ?? ""))?.endpoints["collector.example:443"];
    expect(await endpoint()).toMatchObject({ unreviewed: true });
    await monitor.review(id, { action: "acknowledge", by: "ann" });
    expect(await endpoint()).not.toHaveProperty("unreviewed");
  });

  it("makes a new way to call an endpoint count as evidence", async () => {
    const { monitor, store, run } = auditedJob();
    for (let i = 0; i < 30; i += 1) await run(usual());
    const { detections } = await run([
      ...usual(),
      ...installScript(),
      ...calls(30, "packages.example.org", "192.0.2.20", { requests: ["POST /u"] }),
    ]);
    const [behavior] = detections;
    expect(behavior?.kind).toBe("new-behavior");
    const told = async () =>
      (await store.baselines.get(behavior?.jobKey ?? ""))?.endpoints["packages.example.org:443"]
        ?.habits?.told ?? {};
    expect(Object.keys(await told())).toEqual(expect.arrayContaining(behavior?.newHabits ?? ["x"]));
    await monitor.review(behavior?.id ?? "", { action: "resolve", by: "ann" });
    for (const habit of behavior?.newHabits ?? []) expect(await told()).not.toHaveProperty([habit]);
  });
});

describe("admit: after-review", () => {
  it("keeps what was told out of the baseline until somebody approves, and tells it once all the same", async () => {
    const { monitor, store, run, told, id } = await toldJob({
      baseline: { admit: "after-review" },
    });
    const endpointOf = async (jobKey: string) =>
      (await store.baselines.get(jobKey))?.endpoints["collector.example:443"];
    const again = await run([...usual(), ...collector()]);
    expect(again.detections).toEqual([]);
    expect(again.run.counts.anomalousCalls).toBe(1);
    expect(await endpointOf(again.run.jobKey)).toBeUndefined();
    await monitor.review(id, { action: "resolve", by: "ann" });
    await run([...usual(), ...collector()]);
    expect(await endpointOf(again.run.jobKey)).toMatchObject({ runs: 1 });
    const later = await run([...usual(), ...collector()]);
    expect(later.run.counts.anomalousCalls).toBe(0);
    await monitor.idle();
    expect(told).toHaveLength(1);
  });
});
