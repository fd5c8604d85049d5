import { describe, expect, it } from "vitest";
import { exec } from "../events/make-events.js";
import { auditedJob, calls, usual } from "./audited-job.js";

const collector = () =>
  calls(7, "collector.example", "203.0.113.9", { port: 8443, requests: ["POST /u"] });
const other = () => calls(7, "other.example", "198.51.100.7", { requests: ["POST /u"] });
const rule = { match: { host: "*.example" }, reason: "a test server of ours", by: "ann" };

async function learnedJob() {
  const audited = auditedJob();
  await audited.learn();
  const withCalls = async (...events: Parameters<typeof audited.run>[0][]) =>
    audited.run([...usual(), ...events.flat()]);
  return { ...audited, withCalls };
}

describe("a suppression", () => {
  it("keeps quiet what it matches from then on: recorded, shown as suppressed, not told", async () => {
    const { monitor, withCalls, pushed } = await learnedJob();
    const { rule: added, suppressed } = await monitor.suppressions.add(rule);
    expect(suppressed).toBe(0);
    const { detections } = await withCalls(collector());
    expect(detections).toMatchObject([
      {
        status: "suppressed",
        suppressionId: added.id,
        reviews: [{ action: "suppress", by: "ann", note: rule.reason }],
      },
    ]);
    expect(await pushed()).toEqual([]);
  });

  it("shows beforehand what it would have kept quiet, and changes nothing by that", async () => {
    const { monitor, store, withCalls } = await learnedJob();
    await withCalls(collector(), other());
    const preview = await monitor.suppressions.preview({ match: { host: "collector.*" } });
    expect(preview).toMatchObject({ matching: 1, unreviewed: 1, lookedAt: 2 });
    expect(preview.detections.map(({ endpoint }) => endpoint.host)).toEqual(["collector.example"]);
    expect((await store.detections.list({ status: "suppressed" })).items).toEqual([]);
  });

  it("applies to what nobody has reviewed yet, and is undone with all of that", async () => {
    const { monitor, store, withCalls, pushed } = await learnedJob();
    const first = await withCalls(collector());
    const looked = first.detections[0]?.id ?? "";
    await monitor.review(looked, { action: "acknowledge", by: "bob" });
    await withCalls(other());
    const { rule: added, suppressed } = await monitor.suppressions.add(rule);
    expect(suppressed).toBe(1);
    const third = await withCalls(
      calls(7, "third.example", "198.51.100.9", { requests: ["POST /"] }),
    );
    expect(third.detections[0]?.status).toBe("suppressed");
    expect(await pushed()).toHaveLength(2);

    const { rule: ended, reopened } = await monitor.suppressions.end(added.id, "cy");
    expect(reopened).toBe(2);
    expect(ended.history).toMatchObject([
      { by: "ann", what: "Made." },
      { by: "cy", what: "Ended." },
    ]);
    const { items } = await store.detections.list();
    expect(items.map(({ status }) => status)).toEqual(["new", "new", "acknowledged"]);
    expect(items[0]?.reviews?.map(({ action }) => action)).toEqual(["suppress", "unsuppress"]);
    // The third was never told before; the other was, and is not told again.
    expect(await pushed()).toEqual([
      "collector.example:8443",
      "other.example:443",
      "third.example:443",
    ]);
    expect(await monitor.suppressions.end(added.id, "cy")).toMatchObject({ reopened: 0 });
    expect((await withCalls(calls(7, "4th.example", "198.51.100.9"))).detections).toMatchObject([
      { status: "new" },
    ]);
  });

  it("that expires matches nothing any more", async () => {
    let now = 1_800_000_000_000;
    const audited = auditedJob({ now: () => now });
    await audited.learn();
    await audited.monitor.suppressions.add({ ...rule, expiresAt: now + 1_000 });
    const quiet = await audited.run([...usual(), ...collector()]);
    now += 1_000;
    const told = await audited.run([...usual(), ...other()]);
    expect([quiet, told].map(({ detections }) => detections[0]?.status)).toEqual([
      "suppressed",
      "new",
    ]);
  });

  it("matches by address, process, job and kind, all that it names", async () => {
    const { monitor, withCalls } = await learnedJob();
    await withCalls(
      collector(),
      [exec(40, ["/usr/bin/curl", "x"], { parent: 5 })],
      calls(40, "other.example", "198.51.100.7"),
    );
    const matching = async (match: object) =>
      (await monitor.suppressions.preview({ match })).detections.map(
        ({ endpoint }) => endpoint.host,
      );
    expect(await matching({ address: "203.0.113.0/24" })).toEqual(["collector.example"]);
    expect(await matching({ process: "*url" })).toEqual(["other.example"]);
    expect(await matching({ process: "/usr/bin/curl", host: "collector.*" })).toEqual([]);
    expect(await matching({ host: "*.example", job: "deploy" })).toEqual([]);
    expect(await matching({ host: "*.example", repository: "acme/*", port: 443 })).toEqual([
      "other.example",
    ]);
    expect(await matching({ host: "*.example", kind: "new-behavior" })).toEqual([]);
  });

  it("by an address never silences a host where anybody can leave data", async () => {
    const { monitor, withCalls, pushed } = await learnedJob();
    await monitor.suppressions.add({ ...rule, match: { address: "203.0.113.0/24" } });
    await withCalls(calls(7, "webhook.site", "203.0.113.9", { requests: ["POST /u"] }));
    expect(await pushed()).toEqual(["webhook.site:443"]);
  });

  it("that is added while a detection is decided on is not missed", async () => {
    const { monitor, store, start } = await learnedJob();
    const run = await start();
    const { record } = store.detections;
    let isAdded = false;
    store.detections.record = async (request) => {
      if (!isAdded) {
        isAdded = true;
        await monitor.suppressions.add(rule);
      }
      return record(request);
    };
    await run.observe([...usual(), ...collector()]);
    const { detections } = await run.finish();
    expect(detections).toMatchObject([{ status: "suppressed" }]);
  });
});
