import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { NotifierReceiver, ReceivedMessage } from "@straycall/core/conformance";

export interface NtfyServer extends NotifierReceiver {
  url: string;
}

/** A server that takes what ntfy takes, over real HTTP. */
export async function ntfyServer(): Promise<NtfyServer> {
  const received: ReceivedMessage[] = [];
  let mood: "accept" | "refuse" | "stall" = "accept";

  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (chunk: string) => {
      body += chunk;
    });
    request.on("end", () => {
      if (mood === "stall") return;
      if (mood === "refuse") {
        response.writeHead(507).end();
        return;
      }
      const { title, message } = JSON.parse(body);
      received.push({
        text: `${title}\n${message}`,
        key: String(request.headers["idempotency-key"]),
      });
      response.writeHead(200, { "Content-Type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    messages: async () => [...received],
    accept() {
      mood = "accept";
    },
    refuse() {
      mood = "refuse";
    },
    stall() {
      mood = "stall";
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
