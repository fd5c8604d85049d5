import type { MailTransport, SmtpOptions } from "./mail-transport.js";

/** How to send, one of three, and what else there is to say. */
export type EmailNotifierOptions = (
  | {
      /**
       * `smtp://user:password@mail.example:587`, or `smtps:` for a server that is encrypted from the start. It
       * holds a password: it is kept out of every error message.
       */
      smtpUrl: string;
    }
  | {
      /** As nodemailer takes them, `tls` included. */
      smtp: SmtpOptions;
    }
  | {
      /** A nodemailer transporter, or anything like it. Closing it stays yours. */
      transport: MailTransport;
    }
) & {
  /** `Straycall <straycall@example.com>` */
  from: string;
  /** One or more addresses. */
  to: string | readonly string[];
  /** Stands in front of every subject. Default `[Straycall]`; may be empty. */
  subjectPrefix?: string;
  /** Keys the delivery records; give two groups of recipients two names. Default `email`. */
  name?: string;
  /** How long sending one mail may take, milliseconds. Default 20,000. */
  timeoutMs?: number;
};
