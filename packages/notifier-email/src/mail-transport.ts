import { createTransport, type SMTPTransportOptions } from "nodemailer";
import { parseConnectionUrl } from "nodemailer/lib/shared";

/** What nodemailer takes to reach an SMTP server: `host`, `port`, `secure`, `auth`, `tls`, `requireTLS`, ... */
export type SmtpOptions = Omit<SMTPTransportOptions, "url">;

/** A mail as it is handed to a transport: a part of nodemailer's message. */
export interface OutgoingMail {
  from: string;
  to: string[];
  /** Who gets it this time: fewer than `to` when the others have it already. */
  envelope: { from: string; to: string[] };
  subject: string;
  text: string;
  html: string;
  messageId: string;
  headers: Record<string, string>;
  /** Nothing in the mail may make the transport read a file or fetch an address. */
  disableFileAccess: true;
  disableUrlAccess: true;
  signal: AbortSignal;
}

/** What became of a mail: a part of nodemailer's answer. */
export interface SentMail {
  rejected?: readonly (string | { address: string })[] | undefined;
  rejectedErrors?: readonly Error[] | undefined;
}

/** What is used of a nodemailer transporter; make one yourself to send by other means than SMTP. */
export interface MailTransport {
  /** Throws if nobody gets the mail. */
  sendMail(mail: OutgoingMail): Promise<SentMail>;
}

/**
 * Makes the transport to an SMTP server, one connection per mail.
 *
 * Where a password is sent, the connection must be encrypted unless the options say `requireTLS: false`: somebody
 * on the way could otherwise take STARTTLS out of the server's greeting and read along.
 */
export function smtpTransport(smtp: SmtpOptions): MailTransport {
  const sendsPassword = smtp.auth !== undefined;
  return createTransport({ ...(sendsPassword ? { requireTLS: true } : {}), ...smtp, pool: false });
}

/** Reads `smtp://user:password@mail.example:587?requireTLS=true`; `smtps:` begins encrypted. */
export function smtpOptionsOf(url: URL): SmtpOptions {
  return parseConnectionUrl(url.href);
}
