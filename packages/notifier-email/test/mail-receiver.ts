import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import type { NotifierReceiver } from "@straycall/core/conformance";
import { type ParsedMail, simpleParser } from "mailparser";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import selfSignedCertificate from "smtp-server/lib/tls-options.js";
import { expect } from "vitest";

export interface ReceivedMail {
  mail: ParsedMail;
  raw: string;
  /** Who it was delivered to, whatever its headers say. */
  recipients: string[];
  /** The connection was encrypted. */
  encrypted: boolean;
  user: string | undefined;
}

export interface MailReceiver extends NotifierReceiver {
  readonly port: number;
  readonly mails: ReceivedMail[];
  /** Recipients to answer 550 to. */
  readonly unknown: Set<string>;
}

/** A mail server that keeps what it is sent. It speaks in clear and without a password unless told otherwise. */
export async function startMailReceiver(options: SMTPServerOptions = {}): Promise<MailReceiver> {
  const mails: ReceivedMail[] = [];
  const unknown = new Set<string>();
  let mode: "accept" | "refuse" | "stall" = "accept";

  const server = new SMTPServer({
    ...selfSignedCertificate(),
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    closeTimeout: 10,
    ...options,
    onConnect(_, callback) {
      if (mode !== "stall") callback();
    },
    onRcptTo({ address }, _, callback) {
      callback(unknown.has(address) ? reply(550, `No such user ${address}`) : null);
    },
    async onData(stream, session, callback) {
      const raw = await buffer(stream);
      if (mode === "refuse") return callback(reply(554, "Message refused"));
      mails.push({
        mail: await simpleParser(raw),
        raw: raw.toString("latin1"),
        recipients: session.envelope.rcptTo.map((recipient) => recipient.address),
        encrypted: session.secure,
        user: session.user,
      });
      callback();
    },
  });
  // A client that gives up is what some tests are about.
  server.on("error", () => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    port: (server.server.address() as AddressInfo).port,
    mails,
    unknown,
    async messages() {
      return mails.map(({ mail }) => ({
        text: `${mail.subject}\n${mail.text}\n${mail.html}`,
        key: `${mail.messageId} ${mail.headers.get("x-straycall-delivery")}`,
      }));
    },
    accept() {
      mode = "accept";
    },
    refuse() {
      mode = "refuse";
    },
    stall() {
      mode = "stall";
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** The one mail that arrived. */
export function onlyMail(mails: readonly ReceivedMail[]): ReceivedMail {
  const [mail] = mails;
  if (!mail || mails.length > 1) expect.fail(`${mails.length} mails arrived`);
  return mail;
}

function reply(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
