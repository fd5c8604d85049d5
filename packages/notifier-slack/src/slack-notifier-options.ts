/** Who posts, and where: an incoming webhook, or a bot. */
export type SlackNotifierOptions = SlackNotifierName & (SlackWebhookOptions | SlackBotOptions);

export interface SlackNotifierName {
  /** Keys the delivery records; give two channels two names. Default `slack`. */
  name?: string;
  /** How long to wait for Slack's answer, milliseconds. Default 10,000. */
  timeoutMs?: number;
}

export interface SlackWebhookOptions {
  /**
   * Address of an incoming webhook (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks).
   * Who knows it can post: it is kept out of every error message.
   */
  webhookUrl: string;
}

export interface SlackBotOptions {
  /** A bot's token, `xoxb-...`, with the scope `chat:write`. Kept out of every error message. */
  botToken: string;
  /** Id of the channel, `C0123456789`. The bot must be in it. */
  channel: string;
  /** Default `https://slack.com/api/`. */
  apiUrl?: string;
}
