import { describe, expect, it, test } from "vitest";
import {
  notifierConformance,
  type ReceivedMessage,
  sampleNotification,
} from "../../src/conformance/index.js";
import { type Notification, type Notifier, notificationText } from "../../src/index.js";

/** A receiver in this process, which is all that a notifier without a network needs. */
function inbox() {
  const received: ReceivedMessage[] = [];
  let mode: "accept" | "refuse" | "stall" = "accept";
  const turn = (next: typeof mode) => () => {
    mode = next;
  };
  return {
    messages: async () => received,
    accept: turn("accept"),
    refuse: turn("refuse"),
    stall: turn("stall"),
    close: async () => {},
    async put(message: ReceivedMessage, signal: AbortSignal) {
      signal.throwIfAborted();
      if (mode === "refuse") throw new Error("the inbox is closed");
      if (mode === "stall") await aborted(signal);
      received.push(message);
    },
  };
}
type Inbox = ReturnType<typeof inbox>;

const aborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("gave up")));
  });

const inboxNotifier = (to: Inbox): Notifier => ({
  name: "inbox",
  notify: (notification, signal) =>
    to.put({ text: notificationText(notification), key: notification.idempotencyKey }, signal),
});

describe("notifierConformance: a notifier that does as it should passes", () => {
  notifierConformance({ test, receiver: async () => inbox(), create: inboxNotifier });
});

/** Runs the suite in a runner of its own; answers the names of the tests that failed. */
async function failuresOf(create: (to: Inbox) => Notifier): Promise<string[]> {
  const tests: { name: string; body: () => Promise<void> }[] = [];
  notifierConformance({
    test: (name, body) => tests.push({ name, body }),
    receiver: async () => inbox(),
    create,
  });
  const failed: string[] = [];
  for (const { name, body } of tests) {
    await body().catch(() => failed.push(name));
  }
  return failed;
}

/** The good notifier with `notify` replaced. */
const faulty =
  (notify: (to: Inbox, notification: Notification, signal: AbortSignal) => Promise<void>) =>
  (to: Inbox): Notifier => ({
    name: "inbox",
    notify: (notification, signal) => notify(to, notification, signal),
  });

const put = (to: Inbox, { idempotencyKey: key }: Notification, text: string, signal: AbortSignal) =>
  to.put({ text, key }, signal);

describe("notifierConformance", () => {
  it("finds nothing wrong with the good notifier", async () => {
    expect(await failuresOf(inboxNotifier)).toEqual([]);
  });

  it("catches a name that changes", async () => {
    let made = 0;
    const failed = await failuresOf((to) => ({ ...inboxNotifier(to), name: `inbox-${made++}` }));
    expect(failed).toEqual(["has a name, the same whenever it is made"]);
  });

  it("catches a notifier that does not say which job", async () => {
    const failed = await failuresOf(
      faulty((to, notification, signal) =>
        put(
          to,
          notification,
          `${notification.detection.severity} ${notification.detection.subject}`,
          signal,
        ),
      ),
    );
    expect(failed).toContain("tells the endpoint, the job and how bad it is");
  });

  it("catches a notifier that swallows failures", async () => {
    const failed = await failuresOf(
      faulty((to, notification, signal) =>
        put(to, notification, notificationText(notification), signal).catch(() => {}),
      ),
    );
    expect(failed).toEqual([
      "throws when the receiver refuses, and can be asked again",
      "gives up when asked to while the receiver says nothing",
      "sends nothing when asked to give up before it began",
    ]);
  });

  it("catches a notifier that does not wait for the receiver", async () => {
    const failed = await failuresOf(
      faulty(async (to, notification, signal) => {
        setTimeout(() => {
          put(to, notification, notificationText(notification), signal).catch(() => {});
        }, 20);
      }),
    );
    expect(failed).toContain("returns only when the receiver has the message");
  });

  it("catches a new key on every attempt", async () => {
    let attempts = 0;
    const failed = await failuresOf(
      faulty((to, notification, signal) =>
        to.put({ text: notificationText(notification), key: `attempt ${attempts++}` }, signal),
      ),
    );
    expect(failed).toEqual(["makes a repeat recognisable by its idempotency key"]);
  });

  it("catches a notifier that only hears of an abort while it waits", async () => {
    const failed = await failuresOf(
      faulty((to, notification, signal) => {
        const deaf = signal.aborted ? new AbortController().signal : signal;
        return put(to, notification, notificationText(notification), deaf);
      }),
    );
    expect(failed).toEqual(["sends nothing when asked to give up before it began"]);
  });

  it("catches hostile text passed on as it came", async () => {
    const failed = await failuresOf(
      faulty((to, notification, signal) => {
        const { detection } = notification;
        const text = `${detection.severity} ${detection.subject} ${detection.job.repository} ${detection.job.job}`;
        return put(to, notification, text, signal);
      }),
    );
    expect(failed).toContain("delivers hostile text bounded and visible");
  });

  it("catches a notifier that changes the notification", async () => {
    const failed = await failuresOf(
      faulty((to, notification, signal) => {
        const text = notificationText(notification);
        notification.detection.reasons.length = 0;
        return put(to, notification, text, signal);
      }),
    );
    expect(failed).toEqual(["leaves the notification as it was"]);
  });
});

describe("sampleNotification", () => {
  it("answers a fresh copy each time", () => {
    const sample = sampleNotification();
    sample.detection.reasons.length = 0;
    expect(sampleNotification().detection.reasons).toHaveLength(2);
  });
});
