export { emailNotifier } from "./email-notifier.js";
export type { EmailNotifierOptions } from "./email-notifier-options.js";
export type { MailTransport, OutgoingMail, SentMail, SmtpOptions } from "./mail-transport.js";
