import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text as readText } from "node:stream/consumers";
import type { NotifierReceiver } from "@straycall/core/conformance";
import type { SlackMessage } from "../src/slack-message.js";
import { textOfMessage } from "./text-of-message.js";

export interface SlackReceiver extends NotifierReceiver {
  readonly webhookUrl: string;
  /** The requests that were accepted, as they came. */
  readonly posts: { headers: IncomingHttpHeaders; message: SlackMessage }[];
  /** From now on, answer with this. */
  answer(status: number, body: string, headers?: Record<string, string>): void;
}

export const webhookSecret = "B5xQ0kTz8LrW2mYv9NcD3eFh";

/** A server that answers like Slack's incoming webhooks. */
export async function startSlackReceiver(): Promise<SlackReceiver> {
  const posts: SlackReceiver["posts"] = [];
  let reply: { status: number; body: string; headers: Record<string, string> } | "none";
  const answer: SlackReceiver["answer"] = (status, body, headers = {}) => {
    reply = { status, body, headers };
  };
  answer(200, "ok");

  const server = createServer(async (request, response) => {
    const body = await readText(request).catch(() => undefined);
    if (body === undefined || reply === "none") return;
    if (reply.status === 200) {
      posts.push({ headers: request.headers, message: JSON.parse(body) });
    }
    response.writeHead(reply.status, reply.headers).end(reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    webhookUrl: `http://127.0.0.1:${port}/services/T0AB1CD2E/B0FG3HI4J/${webhookSecret}`,
    posts,
    answer,
    async messages() {
      return posts.map(({ headers, message }) => ({
        text: textOfMessage(message),
        key: String(headers["idempotency-key"]),
      }));
    },
    accept: () => answer(200, "ok"),
    refuse: () => answer(403, "action_prohibited"),
    stall: () => {
      reply = "none";
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
