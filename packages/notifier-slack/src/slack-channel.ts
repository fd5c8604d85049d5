import { type Receipt, StraycallError } from "@straycall/core";
import { postJson, refusalText } from "./post-json.js";
import type { SlackMessage } from "./slack-message.js";

export interface PostMessage {
  idempotencyKey: string;
  signal: AbortSignal;
  /** The thread that the message goes into: what `post` answered for its first. */
  thread?: Receipt["receipt"] | undefined;
}

/** Where messages are posted to. */
export interface SlackChannel {
  /** Returns when Slack has the message, with its thread if one can be had. Throws NOTIFY_FAILED. */
  post(message: SlackMessage, options: PostMessage): Promise<Receipt | undefined>;
}

/** The channel of an incoming webhook. Slack answers `ok` and nothing else: no thread can be had. */
export function webhookChannel(webhook: URL, timeoutMs: number): SlackChannel {
  // The long parts of its path and query are what makes the address a secret.
  const secrets = `${webhook.pathname}${webhook.search}`
    .split(/[/?&=]/)
    .filter((part) => part.length >= 8);
  return {
    async post(message, { idempotencyKey, signal }) {
      await postJson(webhook, message, { idempotencyKey, signal, timeoutMs, secrets });
      return undefined;
    },
  };
}

export interface BotChannelOptions {
  token: string;
  channel: string;
  apiUrl: URL;
  timeoutMs: number;
}

/** A channel that a bot posts to (https://docs.slack.dev/reference/methods/chat.postMessage). */
export function botChannel({ token, channel, apiUrl, timeoutMs }: BotChannelOptions): SlackChannel {
  const method = new URL("chat.postMessage", apiUrl);
  return {
    async post(message, { idempotencyKey, signal, thread }) {
      const [threadChannel, threadTs] = thread?.split(" ") ?? [];
      const body = {
        ...message,
        channel: threadChannel ?? channel,
        ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
        // Slack does not drop repeats; whoever reads the channel by its API can.
        metadata: {
          event_type: "straycall_delivery",
          event_payload: { idempotency_key: idempotencyKey },
        },
      };
      const headers = { authorization: `Bearer ${token}` };
      const secrets = [token];
      const answer = await postJson(method, body, {
        ...{ headers, idempotencyKey, signal, timeoutMs, secrets },
      });
      return receiptIn(answer, secrets);
    },
  };
}

/** Slack answers 200 to what it refuses, too. */
function receiptIn(answer: string, secrets: readonly string[]): Receipt {
  const { ok, error, channel, ts } = parsed(answer);
  if (ok === true && typeof channel === "string" && typeof ts === "string") {
    return { receipt: `${channel} ${ts}` };
  }
  const why = refusalText("Slack refused the message", String(error ?? answer), secrets);
  throw new StraycallError("NOTIFY_FAILED", why);
}

function parsed(answer: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(answer);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
