import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text as readText } from "node:stream/consumers";
import type { NotifierReceiver } from "@straycall/core/conformance";

export interface WebhookReceiver extends NotifierReceiver {
  readonly url: string;
  /** The requests that were accepted, as they came. */
  readonly posts: { headers: IncomingHttpHeaders; body: string }[];
  /** From now on, answer with this. */
  answer(status: number, body?: string, headers?: Record<string, string>): void;
}

export const urlSecret = "kX2mP9vQ7rT4";

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const posts: WebhookReceiver["posts"] = [];
  let reply: { status: number; body: string; headers: Record<string, string> } | "none";
  const answer: WebhookReceiver["answer"] = (status, body = "", headers = {}) => {
    reply = { status, body, headers };
  };
  answer(204);

  const server = createServer(async (request, response) => {
    const body = await readText(request).catch(() => undefined);
    if (body === undefined || reply === "none") return;
    if (reply.status < 300) posts.push({ headers: request.headers, body });
    response.writeHead(reply.status, reply.headers).end(reply.body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}/hook/${urlSecret}`,
    posts,
    answer,
    async messages() {
      return posts.map(({ headers, body }) => ({
        text: textsIn(JSON.parse(body)).join("\n"),
        key: String(headers["webhook-id"]),
      }));
    },
    accept: () => answer(204),
    refuse: () => answer(403, "no"),
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

/** What a person can read in a finding; `host:port` where an endpoint is. */
function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return [`${value.length} findings`, ...value.flatMap(textsIn)];
  if (typeof value !== "object" || value === null) return [String(value)];
  return Object.values(value).flatMap(textsIn);
}
