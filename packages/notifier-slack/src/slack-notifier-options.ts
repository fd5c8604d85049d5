export interface SlackNotifierOptions {
  /**
   * Address of an incoming webhook (https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks).
   * Who knows it can post: it is kept out of every error message.
   */
  webhookUrl: string;
  /** Keys the delivery records; give two channels two names. Default `slack`. */
  name?: string;
  /** How long to wait for Slack's answer, milliseconds. Default 10,000. */
  timeoutMs?: number;
}
