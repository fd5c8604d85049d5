import type { Notifier } from "../contracts/notifier.js";
import type { Notification } from "../delivery/notification.js";
import type { Review } from "../detection/review.js";
import { endpointKey } from "../endpoint/endpoint.js";
import { check } from "./check.js";
import { checkTells, checkVisible, failureOf, only } from "./notifier-checks.js";
import { hostileNotification } from "./notifier-hostile-sample.js";
import type { NotifierReceiver } from "./notifier-receiver.js";
import {
  otherKindsOfNotification,
  sampleNotification,
  severalNotification,
  sparseNotification,
} from "./notifier-samples.js";

export interface NotifierConformanceOptions<Receiver extends NotifierReceiver> {
  /** The test runner's own: `test` of Vitest, Jest, node:test or Bun, `it` of Mocha. */
  test: (name: string, body: () => Promise<void>) => unknown;
  /** Starts the other end: asked once per test, closed after it. */
  receiver: () => Promise<Receiver>;
  /** Makes the notifier that delivers to it. */
  create: (receiver: Receiver) => Notifier | Promise<Notifier>;
}

/** More than any description holds, far less than a hostile event does. */
const maxMessageLength = 60_000;

/**
 * Registers the tests that every notifier must pass: it tells the detection, keeps a repeat recognisable, throws
 * when it was not delivered, gives up when asked to, and is not broken by hostile text.
 */
export function notifierConformance<Receiver extends NotifierReceiver>({
  test,
  receiver: start,
  create,
}: NotifierConformanceOptions<Receiver>): void {
  const register = (
    name: string,
    body: (notifier: Notifier, receiver: Receiver) => Promise<void>,
  ) => {
    test(name, async () => {
      const receiver = await start();
      try {
        await body(await create(receiver), receiver);
      } finally {
        await receiver.close();
      }
    });
  };

  register("has a name, the same whenever it is made", async (notifier, receiver) => {
    const isPlain = /^[\x21-\x7e]{1,64}$/.test(notifier.name);
    check(isPlain, "a name is 1 to 64 visible ASCII characters");
    const again = await create(receiver);
    check(again.name === notifier.name, "the name keys the delivery record: it must not change");
  });

  register("tells the endpoint, the job and how bad it is", async (notifier, receiver) => {
    const notification = sampleNotification();
    const { endpoint, job, severity } = notification.detection;
    await notifier.notify(notification, noAbort());
    const message = only(await receiver.messages());
    checkTells(message, endpointKey(endpoint), "the endpoint");
    checkTells(message, job.repository, "the repository");
    checkTells(message, job.job, "the job");
    checkTells(message, severity, "the severity");
  });

  register("tells a detection of which little is known", async (notifier, receiver) => {
    const notification = sparseNotification();
    await notifier.notify(notification, noAbort());
    const message = only(await receiver.messages());
    checkTells(message, endpointKey(notification.detection.endpoint), "the endpoint");
  });

  register("tells every kind of detection", async (notifier, receiver) => {
    const notifications = otherKindsOfNotification();
    for (const notification of notifications) await notifier.notify(notification, noAbort());
    const messages = await receiver.messages();
    check(
      messages.length === notifications.length,
      `${notifications.length} notifications arrived as ${messages.length} messages`,
    );
    for (const [at, { detection }] of notifications.entries()) {
      const message = messages[at];
      check(message !== undefined, "a message is missing");
      checkTells(message, endpointKey(detection.endpoint), "the endpoint");
    }
  });

  register("tells several detections in one message", async (notifier, receiver) => {
    const reasons = ["run", "digest", "fleet"] as const;
    for (const together of reasons) {
      await notifier.notify(
        { ...severalNotification(together, 3), idempotencyKey: together },
        noAbort(),
      );
    }
    const messages = await receiver.messages();
    check(
      messages.length === reasons.length,
      `${reasons.length} notifications arrived as ${messages.length} messages`,
    );
    for (const message of messages) {
      for (const job of ["build", "job-1", "job-2"]) checkTells(message, job, "a job");
    }
  });

  register("says how many there are where it cannot tell all", async (notifier, receiver) => {
    await notifier.notify(severalNotification("digest", 137), noAbort());
    const message = only(await receiver.messages());
    checkTells(message, "137", "how many detections there are");
  });

  register("can be told of a review, if it tells reviews", async (notifier) => {
    const notification = sampleNotification();
    const given = await notifier.notify(notification, noAbort());
    const review: Review = {
      action: "acknowledge",
      status: "acknowledged",
      at: notification.detection.recordedAt + 1,
      by: "ann <!channel>",
      note: "our mirror",
    };
    await notifier.reviewed?.(
      {
        ...{ idempotencyKey: `${notification.idempotencyKey}:review-0`, links: notification.links },
        ...{ detection: { ...notification.detection, status: "acknowledged", reviews: [review] } },
        ...{ review, ...(given ? { receipt: given.receipt } : {}) },
      },
      noAbort(),
    );
  });

  register("returns only when the receiver has the message", async (notifier, receiver) => {
    for (const count of [1, 2, 3]) {
      await notifier.notify(numbered(count), noAbort());
      const { length } = await receiver.messages();
      check(length === count, `after ${count} notifications the receiver has ${length} messages`);
    }
  });

  register("delivers several at once", async (notifier, receiver) => {
    const several = [1, 2, 3, 4, 5].map(numbered);
    await Promise.all(several.map((each) => notifier.notify(each, noAbort())));
    const keys = new Set((await receiver.messages()).map((message) => message.key));
    check(keys.size === several.length, `5 notifications arrived with ${keys.size} different keys`);
  });

  register("makes a repeat recognisable by its idempotency key", async (notifier, receiver) => {
    for (const notification of [sampleNotification(), sampleNotification(), sparseNotification()]) {
      await notifier.notify(notification, noAbort());
    }
    const [first, repeat, other] = (await receiver.messages()).map((message) => message.key);
    check(first !== undefined && first !== "", "the message carries no key");
    check(repeat === first, `a repeat came with another key: ${first}, then ${repeat}`);
    check(other !== first, "two notifications came with the same key");
  });

  register(
    "throws when the receiver refuses, and can be asked again",
    async (notifier, receiver) => {
      receiver.refuse();
      await failureOf(notifier.notify(sampleNotification(), noAbort()));
      check((await receiver.messages()).length === 0, "the receiver took it after all");

      receiver.accept();
      await notifier.notify(sampleNotification(), noAbort());
      only(await receiver.messages());
    },
  );

  register("gives up when asked to while the receiver says nothing", async (notifier, receiver) => {
    receiver.stall();
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), 100);
    await failureOf(notifier.notify(sampleNotification(), abort.signal));
    clearTimeout(timer);
    check(abort.signal.aborted, "it failed before it was asked to give up");
  });

  register("sends nothing when asked to give up before it began", async (notifier, receiver) => {
    await failureOf(notifier.notify(sampleNotification(), AbortSignal.abort()));
    check((await receiver.messages()).length === 0, "it sent the message all the same");
  });

  register("delivers hostile text bounded and visible", async (notifier, receiver) => {
    await notifier.notify(hostileNotification(), noAbort());
    const message = only(await receiver.messages());
    checkTells(message, "hostile-host", "the endpoint");
    checkTells(message, "hostile-job", "the job");
    const { length } = message.text;
    check(length <= maxMessageLength, `the message has ${length} characters`);
    checkVisible(message);
  });

  register("leaves the notification as it was", async (notifier) => {
    const notification = hostileNotification();
    const before = JSON.stringify(notification);
    await notifier.notify(notification, noAbort());
    check(JSON.stringify(notification) === before, "the notification was changed");
  });
}

const noAbort = () => new AbortController().signal;

function numbered(count: number): Notification {
  const sample = sampleNotification();
  return { ...sample, idempotencyKey: `${sample.idempotencyKey}-${count}` };
}
