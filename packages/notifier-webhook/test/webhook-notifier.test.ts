import { inspect } from "node:util";
import {
  hostileNotification,
  notifierConformance,
  sampleNotification,
  severalNotification,
} from "@straycall/core/conformance";
import { Webhook } from "standardwebhooks";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { verifyWebhook, webhookNotifier } from "../src/index.js";
import { startWebhookReceiver, urlSecret, type WebhookReceiver } from "./webhook-receiver.js";

const secret = `whsec_${Buffer.from("0123456789abcdefghijklmnopqrstuv").toString("base64")}`;
const other = `whsec_${Buffer.from("another secret of enough bytes!!").toString("base64")}`;
const noAbort = () => new AbortController().signal;

describe("webhookNotifier is a notifier", () => {
  notifierConformance({
    test,
    receiver: startWebhookReceiver,
    create: ({ url }) => webhookNotifier({ url, secret }),
  });
});

describe("webhookNotifier", () => {
  let receiver: WebhookReceiver;
  beforeEach(async () => {
    receiver = await startWebhookReceiver();
  });
  afterEach(() => receiver.close());

  const notify = (options: object = {}, notification = sampleNotification()) =>
    webhookNotifier({ url: receiver.url, secret, ...options }).notify(notification, noAbort());
  const received = () => {
    const [post] = receiver.posts;
    if (post === undefined) expect.fail("nothing arrived");
    return post;
  };

  it("signs as Standard Webhooks says: the reference library believes it", async () => {
    await notify({}, hostileNotification());
    const { body, headers } = received();
    const verified = new Webhook(secret).verify(body, headers as Record<string, string>);
    expect(verified).toEqual(JSON.parse(body));
    expect(() => new Webhook(other).verify(body, headers as Record<string, string>)).toThrow();
  });

  it("signs with both secrets during a change", async () => {
    await notify({ secret: [secret, other] });
    const { body, headers } = received();
    for (const one of [secret, other]) {
      expect(verifyWebhook({ body, headers, secret: one })).toBe(headers["webhook-id"]);
    }
  });

  it("sends further headers, and keeps them and the address out of its errors", async () => {
    const token = "Bearer aVeryLongTokenIndeed";
    await notify({ headers: { authorization: token } });
    expect(received().headers.authorization).toBe(token);
    receiver.answer(400, `no ${token} at ${receiver.url}`);
    const error: unknown = await notify({ headers: { authorization: token } }).catch((e) => e);
    expect(String(error)).toContain("the receiver answered 400: no *** at ***");
    await receiver.close();
    const away: unknown = await notify({ headers: { authorization: token } }).catch((e) => e);
    for (const each of [error, away]) {
      const shown = inspect(each, { depth: 9, showHidden: true });
      expect(shown).not.toContain(urlSecret);
      expect(shown).not.toContain(token);
    }
  });

  it("hands on how long the receiver wants to be left alone", async () => {
    receiver.answer(429, "", { "retry-after": "7" });
    await expect(notify()).rejects.toMatchObject({ code: "NOTIFY_FAILED", retryAfterMs: 7_000 });
  });

  it("posts an array of what is told together, and an update of what was reviewed", async () => {
    await notify({}, severalNotification("run", 3));
    expect(JSON.parse(received().body)).toHaveLength(3);
    const { detection, links } = sampleNotification();
    const review = { action: "resolve", status: "resolved", at: 5, by: "ann", note: "ok" } as const;
    const now = { ...detection, status: review.status, reviews: [review] };
    const notifier = webhookNotifier({ url: receiver.url, secret });
    const notice = { idempotencyKey: "k", detection: now, links, review };
    await notifier.reviewed?.(notice, noAbort());
    expect(JSON.parse(receiver.posts.at(-1)?.body ?? "")).toMatchObject({
      ...{ activity_id: 3, type_uid: 200_403, status_id: 4, time: 5, comment: "ok" },
      finding_info: { uid: detection.id },
      unmapped: { reviewed_by: "ann" },
    });
  });

  it.each([
    ["url", { url: "ftp://a.example/" }],
    ["url", { url: "https://me:secret@a.example/" }],
    ["secret", { secret: "short" }],
    ["secret", { secret: [] }],
    ["headers", { headers: { "webhook-id": "x" } }],
    ["headers", { headers: { "x-a": "b\r\nc: d" } }],
    ["name", { name: "a b" }],
    ["timeoutMs", { timeoutMs: 0 }],
  ])("refuses a wrong %s when it is made", (field, options) => {
    expect(() => webhookNotifier({ url: "https://a.example/", secret, ...options })).toThrow(
      expect.objectContaining({ code: "CONFIG_INVALID", field }),
    );
  });
});
