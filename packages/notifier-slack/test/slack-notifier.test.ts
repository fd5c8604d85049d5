import { createServer } from "node:net";
import { inspect } from "node:util";
import { isStraycallError } from "@straycall/core";
import {
  hostileNotification,
  notifierConformance,
  sampleNotification,
  severalNotification,
} from "@straycall/core/conformance";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { slackNotifier } from "../src/index.js";
import { renderMessage } from "../src/render-message.js";
import { expectWithinLimits } from "./block-kit-limits.js";
import { type SlackApi, startSlackApi } from "./slack-api.js";
import { type SlackReceiver, startSlackReceiver, webhookSecret } from "./slack-receiver.js";

const noAbort = () => new AbortController().signal;

describe("slackNotifier is a notifier", () => {
  notifierConformance({
    test,
    receiver: startSlackReceiver,
    create: ({ webhookUrl }) => slackNotifier({ webhookUrl }),
  });
});

describe("slackNotifier", () => {
  let slack: SlackReceiver;
  beforeEach(async () => {
    slack = await startSlackReceiver();
  });
  afterEach(() => slack.close());

  const notify = (options: { timeoutMs?: number } = {}) =>
    slackNotifier({ webhookUrl: slack.webhookUrl, ...options }).notify(
      sampleNotification(),
      noAbort(),
    );
  const failure = async (promise: Promise<unknown>): Promise<Error> => {
    const error = await promise.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!isStraycallError(error, "NOTIFY_FAILED")) expect.fail(`not refused: ${inspect(error)}`);
    return error;
  };

  it("posts the rendered message as JSON", async () => {
    await notify();
    expect(slack.posts).toHaveLength(1);
    expect(slack.posts[0]?.message).toEqual(renderMessage(sampleNotification()));
    expect(slack.posts[0]?.headers["content-type"]).toBe("application/json; charset=utf-8");
    expect(slack.posts[0]?.headers["idempotency-key"]).toBe("01KGB7Z4M8Q6V2T9X3C5D1E0FA:sample");
  });

  it("posts a hostile notification within Slack's limits, its key without line breaks", async () => {
    const notifier = slackNotifier({ webhookUrl: slack.webhookUrl });
    const idempotencyKey = "01KGB7Z4M8:hostile\r\nBcc: victim@example.com\ud800";
    await notifier.notify({ ...hostileNotification(), idempotencyKey }, noAbort());
    const [post] = slack.posts;
    if (!post) expect.fail("nothing arrived");
    expectWithinLimits(post.message);
    expect(post.headers["idempotency-key"]).toContain(":hostile%0D%0ABcc:%20victim");
    expect(post.headers.bcc).toBeUndefined();
  });

  it.each([
    [400, "invalid_blocks"],
    [404, "no_service"],
    [410, "channel_is_archived"],
    [429, "rate_limited"],
    [500, "rollup_error"],
  ])("throws when Slack answers %i, with what it said", async (status, body) => {
    slack.answer(status, body);
    expect((await failure(notify())).message).toBe(`Slack answered ${status}: ${body}`);
  });

  it("tells a refusal without words by its status", async () => {
    slack.answer(502, "");
    expect((await failure(notify())).message).toBe("Slack answered 502");
  });

  it("does not follow a redirect: the webhook's address is a secret", async () => {
    const elsewhere = await startSlackReceiver();
    slack.answer(307, "", { location: elsewhere.webhookUrl });
    expect((await failure(notify())).message).toBe("Slack answered 307");
    expect(elsewhere.posts).toHaveLength(0);
    await elsewhere.close();
  });

  it("shows only the beginning of a long answer, and nothing invisible of it", async () => {
    slack.answer(500, `\u001b[2J\u202e${"x".repeat(1_000_000)}`);
    const { message } = await failure(notify());
    expect(message).toMatch(/^Slack answered 500: \\x1b\[2J\\u202ex+…$/);
    expect(message.length).toBeLessThan(400);
  });

  it("keeps the webhook's address out of its errors", async () => {
    slack.answer(404, `Cannot POST ${new URL(slack.webhookUrl).pathname}`);
    const refused = await failure(notify());
    slack.stall();
    const late = await failure(notify({ timeoutMs: 50 }));
    await slack.close();
    const unreachable = await failure(notify());
    for (const error of [refused, late, unreachable]) {
      expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(webhookSecret);
    }
  });

  it("gives up after its own timeout", async () => {
    slack.stall();
    expect((await failure(notify({ timeoutMs: 50 }))).message).toBe(
      "Slack did not answer within 50 ms",
    );
  });

  it("says that it was asked to give up", async () => {
    const notifier = slackNotifier({ webhookUrl: slack.webhookUrl });
    const error = await failure(notifier.notify(sampleNotification(), AbortSignal.abort()));
    expect(error.message).toBe("gave up before Slack answered");
  });

  it("says why Slack cannot be reached", async () => {
    await slack.close();
    expect((await failure(notify())).message).toMatch(/^Slack cannot be reached: .*ECONNREFUSED/);
  });

  it("throws when the connection breaks off in the middle of the answer", async () => {
    const server = createServer((socket) => {
      socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Le"));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const notifier = slackNotifier({ webhookUrl: `http://127.0.0.1:${port}/services/x` });
    expect((await failure(notifier.notify(sampleNotification(), noAbort()))).message).toMatch(
      /^Slack cannot be reached: /,
    );
    server.close();
  });
});

describe("a bot", () => {
  let api: SlackApi;
  beforeEach(async () => {
    api = await startSlackApi();
  });
  afterEach(() => api.close());

  const bot = () => slackNotifier({ botToken: api.token, channel: "C012", apiUrl: api.url });
  const noticeOf = (receipt?: string) => {
    const { detection, links } = sampleNotification();
    const review = { action: "resolve", status: "resolved", at: 1, by: "ann <!here>" } as const;
    return { idempotencyKey: "k", detection, links, review, ...(receipt ? { receipt } : {}) };
  };

  it("posts to its channel, and what became of a detection into the thread of that", async () => {
    const given = await bot().notify(sampleNotification(), noAbort());
    await bot().reviewed?.(noticeOf(given?.receipt), noAbort());
    const [message, followUp] = api.posts;
    expect(message).toMatchObject({ channel: "C012", unfurl_links: false });
    expect(message).not.toHaveProperty("thread_ts");
    expect(message?.metadata).toEqual({
      event_type: "straycall_delivery",
      event_payload: { idempotency_key: sampleNotification().idempotencyKey },
    });
    expect(followUp).toMatchObject({ channel: "C012RESOLVED", thread_ts: "1700000000.000001" });
    expect(followUp?.text).toBe("ann &lt;!here&gt; resolved it.");
    if (followUp) expectWithinLimits(followUp);
  });

  it("posts no follow-up where it posted nothing", async () => {
    await bot().reviewed?.(noticeOf(), noAbort());
    expect(api.posts).toEqual([]);
  });

  it("is refused with Slack's words, and its token stays out of them", async () => {
    api.answer(200, { ok: false, error: `not_in_channel ${api.token}` });
    const error = await bot()
      .notify(sampleNotification(), noAbort())
      .then(
        () => undefined,
        (reason: unknown) => reason,
      );
    expect(error).toMatchObject({ message: "Slack refused the message: not_in_channel ***" });
  });

  it("hands on how long Slack wants to be left alone", async () => {
    api.answer(429, { ok: false, error: "ratelimited" }, { "retry-after": "30" });
    const posting = bot().notify(sampleNotification(), noAbort());
    await expect(posting).rejects.toMatchObject({ code: "NOTIFY_FAILED", retryAfterMs: 30_000 });
  });

  it("tells several detections in one message within Slack's limits, hostile ones too", async () => {
    const others = Array.from({ length: 120 }, () => hostileNotification());
    await bot().notify({ ...hostileNotification(), together: "digest", others }, noAbort());
    await bot().notify(severalNotification("run", 100), noAbort());
    for (const post of api.posts) expectWithinLimits(post);
  });
});

describe("slackNotifier's options", () => {
  const webhookUrl = `https://hooks.slack.com/services/T0/B0/${webhookSecret}`;

  it("is called slack unless told otherwise", () => {
    expect(slackNotifier({ webhookUrl }).name).toBe("slack");
    expect(slackNotifier({ webhookUrl, name: "slack-security" }).name).toBe("slack-security");
  });

  it.each([
    ["webhookUrl", { webhookUrl: "" }],
    ["webhookUrl", { webhookUrl: `services/${webhookSecret}` }],
    ["webhookUrl", { webhookUrl: `ftp://hooks.slack.com/${webhookSecret}` }],
    ["webhookUrl", { webhookUrl: `https://me:${webhookSecret}@hooks.slack.com/services/T0` }],
    ["webhookUrl", { webhookUrl: undefined as unknown as string }],
    ["name", { webhookUrl, name: "" }],
    ["name", { webhookUrl, name: "two words" }],
    ["timeoutMs", { webhookUrl, timeoutMs: 0 }],
    ["timeoutMs", { webhookUrl, timeoutMs: 1.5 }],
    ["timeoutMs", { webhookUrl, timeoutMs: Number.POSITIVE_INFINITY }],
  ])("refuses a wrong %s when it is made, without quoting it: %#", (field, options) => {
    const error = (() => {
      try {
        slackNotifier(options);
      } catch (thrown) {
        return thrown;
      }
    })();
    if (!isStraycallError(error, "CONFIG_INVALID")) expect.fail("it was taken");
    expect(error.field).toBe(field);
    expect(error.message).toContain(field);
    expect(inspect(error)).not.toContain(webhookSecret);
  });
});
