import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** The other end of a webhook: refuses until it is told to accept. */
export interface WebhookReceiver {
  url: string;
  /** Idempotency keys of what it accepted. */
  accepted: string[];
  /** How often it refused. */
  refused(): number;
  accept(): void;
  close(): Promise<void>;
}

export async function webhookReceiver(): Promise<WebhookReceiver> {
  const accepted: string[] = [];
  let isAccepting = false;
  let refused = 0;
  const server = createServer((request, response) => {
    request.resume();
    request.on("end", () => {
      if (isAccepting) accepted.push(String(request.headers["idempotency-key"]));
      else refused += 1;
      response.writeHead(isAccepting ? 200 : 503).end("ok");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    accepted,
    refused: () => refused,
    accept() {
      isAccepting = true;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
