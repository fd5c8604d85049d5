import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json as readJson } from "node:stream/consumers";
import type { SlackMessage } from "../src/slack-message.js";

export interface SlackPost extends SlackMessage {
  channel: string;
  thread_ts?: string;
  metadata: unknown;
}

export interface SlackApi {
  readonly url: string;
  readonly token: string;
  /** What was accepted. */
  readonly posts: SlackPost[];
  /** From now on, answer with this. */
  answer(status: number, body: object, headers?: Record<string, string>): void;
  close(): Promise<void>;
}

/** A server that answers like Slack's `chat.postMessage`. */
export async function startSlackApi(): Promise<SlackApi> {
  const token = "xoxb-1234567890-abcdefghij";
  const posts: SlackPost[] = [];
  let reply: { status: number; body: object; headers: Record<string, string> } | undefined;

  const server = createServer(async (request, response) => {
    const body = (await readJson(request)) as SlackPost;
    const respond = (status: number, answer: object, headers: Record<string, string> = {}) =>
      response
        .writeHead(status, { "content-type": "application/json", ...headers })
        .end(JSON.stringify(answer));
    if (request.url !== "/api/chat.postMessage") return respond(404, {});
    if (request.headers.authorization !== `Bearer ${token}`) {
      return respond(200, { ok: false, error: "invalid_auth" });
    }
    if (reply) return respond(reply.status, reply.body, reply.headers);
    posts.push(body);
    const ts = `1700000000.${String(posts.length).padStart(6, "0")}`;
    // Slack answers with the channel's id, whatever name was given.
    return respond(200, { ok: true, channel: `${body.channel}RESOLVED`, ts });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api`,
    token,
    posts,
    answer: (status, body, headers = {}) => {
      reply = { status, body, headers };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
