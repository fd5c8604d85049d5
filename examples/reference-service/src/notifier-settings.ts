import { z } from "zod";

/** Who is told, read from the environment. */
export interface NotifierSettings {
  slackWebhookUrl?: string;
  slackBot?: { botToken: string; channel: string };
  mail?: { smtpUrl: string; from: string; to: string[] };
  webhook?: { url: string; secret: string };
  githubCheck?: { token: string } | { appId: string; privateKey: string };
}

export const webUrl = z.url({
  protocol: /^https?$/,
  error: "must be a URL that begins with http:// or https://",
});

const address = z
  .string()
  .regex(/^[^\s@,<>]+@[^\s@,<>]+$/, "must be a mail address like ci@example.com");

const sender = z
  .string()
  .regex(
    /^(?:[^<>@,\r\n]+<[^\s@,<>]+@[^\s@,<>]+>|[^\s@,<>]+@[^\s@,<>]+)$/,
    "must be a mail address like ci@example.com or Straycall <ci@example.com>",
  );

const secret = z.string().regex(/^[\x21-\x7e]{8,512}$/, "must be plain characters without spaces");

/** The variables that say who is told. */
export const notifierVariables = {
  SLACK_WEBHOOK_URL: webUrl.optional(),
  SLACK_BOT_TOKEN: secret.optional(),
  SLACK_CHANNEL: z
    .string()
    .regex(/^[A-Za-z0-9#_-]{1,100}$/, "must be the id of a channel")
    .optional(),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: "must be a URL that begins with smtp:// or smtps://" })
    .optional(),
  MAIL_FROM: sender.optional(),
  MAIL_TO: z
    .string()
    .transform((list) => list.split(",").map((one) => one.trim()))
    .pipe(z.array(address).max(50))
    .optional(),
  WEBHOOK_URL: webUrl.optional(),
  WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, "must be whsec_ and 24 to 64 bytes in base64")
    .optional(),
  GITHUB_CHECK_TOKEN: secret.optional(),
  GITHUB_APP_ID: z
    .string()
    .regex(/^\d{1,20}$/, "must be a whole number")
    .optional(),
  GITHUB_APP_PRIVATE_KEY: z
    .string()
    .regex(/PRIVATE KEY-----/, "must be a private key in PEM")
    .optional(),
};

/** Variables that are set together, or not at all, and what for. */
const together: [names: string[], what: string][] = [
  [["SMTP_URL", "MAIL_FROM", "MAIL_TO"], "to send mail"],
  [["SLACK_BOT_TOKEN", "SLACK_CHANNEL"], "to post as a bot"],
  [["WEBHOOK_URL", "WEBHOOK_SECRET"], "to post to a webhook"],
  [["GITHUB_APP_ID", "GITHUB_APP_PRIVATE_KEY"], "to write checks as an app"],
];

/** One line for each variable that others need. */
export function missingVariables(set: Record<string, string | undefined>): string[] {
  return together.flatMap(([names, what]) => {
    const missing = names.filter((name) => set[name] === undefined);
    if (missing.length === 0 || missing.length === names.length) return [];
    return missing.map((name) => `${name}: is needed ${what}`);
  });
}

type NotifierVariables = z.output<z.ZodObject<typeof notifierVariables>>;

export function notifierSettings(set: NotifierVariables): NotifierSettings {
  const { SMTP_URL: smtpUrl, MAIL_FROM: from, MAIL_TO: to } = set;
  const { SLACK_BOT_TOKEN: botToken, SLACK_CHANNEL: channel } = set;
  const { WEBHOOK_URL: url, WEBHOOK_SECRET: webhookSecret } = set;
  const { GITHUB_CHECK_TOKEN: token, GITHUB_APP_ID: appId } = set;
  const privateKey = set.GITHUB_APP_PRIVATE_KEY;
  return {
    ...(set.SLACK_WEBHOOK_URL ? { slackWebhookUrl: set.SLACK_WEBHOOK_URL } : {}),
    ...(botToken && channel ? { slackBot: { botToken, channel } } : {}),
    ...(smtpUrl && from && to ? { mail: { smtpUrl, from, to } } : {}),
    ...(url && webhookSecret ? { webhook: { url, secret: webhookSecret } } : {}),
    ...(token ? { githubCheck: { token } } : {}),
    ...(appId && privateKey ? { githubCheck: { appId, privateKey } } : {}),
  };
}
