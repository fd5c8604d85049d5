import { inspect } from "node:util";
import { sampleNotification } from "@straycall/core/conformance";
import type { SMTPServerOptions } from "smtp-server";
import { afterEach, describe, expect, it } from "vitest";
import { emailNotifier } from "../src/index.js";
import { deliveryFailure } from "./delivery-failure.js";
import { type MailReceiver, onlyMail, startMailReceiver } from "./mail-receiver.js";

const noAbort = () => new AbortController().signal;
const from = "straycall@example.com";
const to = "security@example.com";

describe("a mail server that wants a password", () => {
  const password = "p@ss/w:rd %&?";
  const withAuth: SMTPServerOptions = {
    disabledCommands: [],
    onAuth: (given, _, callback) => {
      if (given.password === password) callback(null, { user: given.username });
      else callback(Object.assign(new Error("Wrong password"), { responseCode: 535 }));
    },
  };
  const withoutTls: SMTPServerOptions = {
    ...withAuth,
    disabledCommands: ["STARTTLS"],
    allowInsecureAuth: true,
  };
  let server: MailReceiver | undefined;
  afterEach(() => server?.close());

  const urlOf = ({ port }: MailReceiver, query = "") =>
    `smtp://ci:${encodeURIComponent(password)}@127.0.0.1:${port}${query}`;

  it("gets it over an encrypted connection, with the TLS options as given", async () => {
    server = await startMailReceiver(withAuth);
    const notifier = emailNotifier({
      smtp: {
        host: "127.0.0.1",
        port: server.port,
        auth: { user: "ci", pass: password },
        tls: { rejectUnauthorized: false },
      },
      from,
      to,
    });
    await notifier.notify(sampleNotification(), noAbort());
    expect(onlyMail(server.mails)).toMatchObject({ encrypted: true, user: "ci" });
  });

  it("gets it from an address, too", async () => {
    server = await startMailReceiver(withAuth);
    const smtpUrl = urlOf(server, "?tls.rejectUnauthorized=false");
    await emailNotifier({ smtpUrl, from, to }).notify(sampleNotification(), noAbort());
    expect(onlyMail(server.mails)).toMatchObject({ encrypted: true, user: "ci" });
  });

  it("gets it where encryption comes first, too", async () => {
    server = await startMailReceiver({ ...withAuth, secure: true });
    const smtpUrl = urlOf(server, "?tls.rejectUnauthorized=false").replace("smtp:", "smtps:");
    await emailNotifier({ smtpUrl, from, to }).notify(sampleNotification(), noAbort());
    expect(onlyMail(server.mails)).toMatchObject({ encrypted: true, user: "ci" });
  });

  it("does not get it if its certificate is not trusted", async () => {
    server = await startMailReceiver(withAuth);
    const notifier = emailNotifier({ smtpUrl: urlOf(server), from, to });
    const error = await deliveryFailure(notifier.notify(sampleNotification(), noAbort()));
    expect(error.message).toMatch(/certificate/i);
    expect(server.mails).toHaveLength(0);
  });

  it("does not get it in clear", async () => {
    server = await startMailReceiver(withoutTls);
    const notifier = emailNotifier({ smtpUrl: urlOf(server), from, to });
    await deliveryFailure(notifier.notify(sampleNotification(), noAbort()));
    expect(server.mails).toHaveLength(0);
  });

  it("gets it in clear where the options say so", async () => {
    server = await startMailReceiver(withoutTls);
    const smtpUrl = urlOf(server, "?requireTLS=false");
    await emailNotifier({ smtpUrl, from, to }).notify(sampleNotification(), noAbort());
    expect(onlyMail(server.mails)).toMatchObject({ encrypted: false, user: "ci" });
  });

  it("is quoted when it is the wrong one, the password is not", async () => {
    server = await startMailReceiver(withAuth);
    const wrong = "n0t-the-password";
    const notifier = emailNotifier({
      smtpUrl: `smtp://ci:${wrong}@127.0.0.1:${server.port}?tls.rejectUnauthorized=false`,
      from,
      to,
    });
    const error = await deliveryFailure(notifier.notify(sampleNotification(), noAbort()));
    expect(error.message).toMatch(/535 Wrong password/);
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(wrong);
    expect(inspect(error, { depth: 10 })).not.toContain(Buffer.from(wrong).toString("base64"));
  });
});
