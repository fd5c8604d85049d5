import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ChildService, childService } from "./child-service.js";
import { type MailReceiver, mailReceiver } from "./mail-receiver.js";
import { type WebhookReceiver, webhookReceiver } from "./webhook-receiver.js";

const recordings = fileURLToPath(new URL("../recordings/", import.meta.url));
const token = "end-to-end-token-0123456789";
const adminToken = "admin-token-0123456789";

/** What the real capture agent wrote of each run, as it is posted: the run, then its events. */
const runs = readdirSync(recordings)
  .sort()
  .map((file) => readFileSync(join(recordings, file), "utf8"));

async function post(service: ChildService, run: string) {
  const answer = await fetch(`${service.url}/api/v1/events`, {
    method: "POST",
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/x-ndjson" },
    body: run,
  });
  expect(answer.status).toBe(200);
}

async function detectionsOf(service: ChildService): Promise<{ id: string; subject: string }[]> {
  const headers = { authorization: `Bearer ${adminToken}` };
  const answer = await fetch(`${service.url}/api/v1/detections`, { headers });
  return JSON.parse(await answer.text()).items;
}

describe("a recorded stray call", () => {
  let folder: string;
  let slack: WebhookReceiver;
  let mail: MailReceiver;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "straycall-once-"));
    slack = await webhookReceiver();
    mail = await mailReceiver();
    slack.accept();
  });
  afterEach(async () => {
    await slack.close();
    await mail.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is one detection, one Slack message and one mail, though two services take its events twice", async () => {
    const environment = {
      STRAYCALL_DATA: folder,
      STRAYCALL_INGEST_TOKEN: token,
      STRAYCALL_ADMIN_TOKEN: adminToken,
      SLACK_WEBHOOK_URL: slack.url,
      SMTP_URL: mail.url,
      MAIL_FROM: "straycall@ci.example",
      MAIL_TO: "security@ci.example",
    };
    const services = [await childService(environment), await childService(environment)];
    for (const run of runs) {
      await Promise.all([...services, ...services].map((service) => post(service, run)));
    }
    // Stopping sends whatever is still due.
    const [one, two] = services;
    if (one === undefined || two === undefined) throw new Error("two services were started");
    expect(await one.stop("SIGTERM")).toBe(0);
    const detections = await detectionsOf(two);
    expect(await two.stop("SIGTERM")).toBe(0);

    expect(detections.map(({ subject }) => subject)).toEqual(["stats.collect-metrics.example:80"]);
    expect(slack.accepted).toEqual([`${detections[0]?.id}:slack`]);
    expect(mail.received).toHaveLength(1);
    expect(mail.received[0]?.text).toContain("stats.collect-metrics.example:80");
    const key = mail.received[0]?.headers.get("x-straycall-delivery");
    expect(key).toBe(`${detections[0]?.id}:email`);
  }, 120_000);
});
