export interface WebhookNotifierOptions {
  /** Where to post to. Kept out of every error message: it may hold a secret. */
  url: string;
  /**
   * What the posts are signed with: `whsec_` and 24 to 64 bytes in base64, as Standard Webhooks has it. With two, during a
   * change, each post has two signatures.
   */
  secret: string | readonly string[];
  /** Further headers, a token for a gateway. Kept out of every error message. */
  headers?: Readonly<Record<string, string>>;
  /** Keys the delivery records; give two receivers two names. Default `webhook`. */
  name?: string;
  /** How long to wait for an answer, milliseconds. Default 10,000. */
  timeoutMs?: number;
}
