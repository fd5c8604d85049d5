import { StraycallError } from "@straycall/core";
import type { EmailNotifierOptions } from "./email-notifier-options.js";
import { type MailTransport, smtpOptionsOf, smtpTransport } from "./mail-transport.js";
import { type Mailbox, parseMailboxes } from "./mailbox.js";

export interface CheckedOptions {
  transport: MailTransport;
  from: Mailbox;
  to: Mailbox[];
  subjectPrefix: string;
  name: string;
  timeoutMs: number;
}

/** The longest that a timer can wait. */
const maxTimeoutMs = 2 ** 31 - 1;

export function checkOptions(options: EmailNotifierOptions): CheckedOptions {
  const { subjectPrefix = "[Straycall]", name = "email", timeoutMs = 20_000 } = options;
  if (!/^[\x21-\x7e]{1,64}$/.test(name)) {
    throw invalid("name", "must be 1 to 64 visible ASCII characters");
  }
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1 || timeoutMs > maxTimeoutMs) {
    throw invalid("timeoutMs", `must be a whole number from 1 to ${maxTimeoutMs}`);
  }
  if (
    typeof subjectPrefix !== "string" ||
    /\p{Cc}/u.test(subjectPrefix) ||
    subjectPrefix.length > 100
  ) {
    throw invalid("subjectPrefix", "must be one line of at most 100 characters");
  }
  return {
    transport: transportOf(options),
    from: checkFrom(options.from),
    to: checkTo(options.to),
    subjectPrefix,
    name,
    timeoutMs,
  };
}

function transportOf(options: EmailNotifierOptions): MailTransport {
  const ways = ["smtpUrl", "smtp", "transport"].filter((way) => way in options);
  if (ways.length !== 1) {
    throw invalid(ways[1] ?? "smtpUrl", "is one of smtpUrl, smtp and transport: give exactly one");
  }
  if ("transport" in options) {
    if (typeof options.transport?.sendMail !== "function") {
      throw invalid("transport", "must have a sendMail function, as nodemailer's transporters do");
    }
    return options.transport;
  }
  if ("smtp" in options) {
    if (!options.smtp?.host && !options.smtp?.service) {
      throw invalid("smtp.host", "must name the mail server");
    }
    return smtpTransport(options.smtp);
  }
  return smtpTransport(smtpOptionsOf(checkSmtpUrl(options.smtpUrl)));
}

/** The messages never quote the address: it holds a password. */
function checkSmtpUrl(smtpUrl: string): URL {
  const isUrl = typeof smtpUrl === "string" && URL.canParse(smtpUrl);
  const url = isUrl ? new URL(smtpUrl) : undefined;
  const isSmtp = url?.protocol === "smtp:" || url?.protocol === "smtps:";
  if (!url || !isSmtp || url.hostname === "") {
    throw invalid("smtpUrl", "must look like smtp://user:password@mail.example.com:587");
  }
  return url;
}

function checkFrom(from: string): Mailbox {
  const [mailbox, ...more] = parseMailboxes([from]) ?? [];
  if (!mailbox || more.length > 0) {
    throw invalid("from", "must be one address like Straycall <straycall@example.com>");
  }
  return mailbox;
}

function checkTo(to: string | readonly string[]): Mailbox[] {
  const mailboxes = parseMailboxes(typeof to === "string" ? [to] : to);
  if (!mailboxes || mailboxes.length === 0) {
    throw invalid("to", "must be one or more addresses like security@example.com");
  }
  return mailboxes;
}

function invalid(option: string, problem: string): StraycallError {
  return new StraycallError("CONFIG_INVALID", `emailNotifier: ${option} ${problem}`, {
    field: option,
  });
}
