export { type EmailNotifierOptions, emailNotifier } from "./email-notifier.js";
export type { MailTransport, OutgoingMail, SentMail, SmtpOptions } from "./mail-transport.js";
