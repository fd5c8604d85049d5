import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text as readText } from "node:stream/consumers";

/** How a receiver misbehaves. */
export type Oddity = "429" | "500" | "hangs" | "closes" | "is away";

interface Finding {
  finding_info: { uid: string };
}

export interface OddReceiver {
  readonly url: string;
  /** How often it was asked, whatever it answered. */
  readonly requests: number;
  /** Ids of the detections that it accepted, in their order. */
  readonly accepted: string[];
  /** Behaves from now on. */
  recover(): Promise<void>;
  close(): Promise<void>;
}

/** A real server that misbehaves until it recovers. */
export async function startOddReceiver(oddity: Oddity): Promise<OddReceiver> {
  const accepted: string[] = [];
  let requests = 0;
  let isOdd = true;

  const misbehave = (response: ServerResponse) => {
    if (oddity === "429") response.writeHead(429, { "retry-after": "90" }).end();
    if (oddity === "500") response.writeHead(500).end("it broke");
    if (oddity === "closes") response.socket?.destroy();
  };
  const server: Server = createServer(async (request, response) => {
    requests += 1;
    if (isOdd) return misbehave(response);
    const findings = [JSON.parse(await readText(request))].flat() as Finding[];
    accepted.push(...findings.map(({ finding_info }) => finding_info.uid));
    return response.writeHead(204).end();
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(0);
  const { port } = server.address() as AddressInfo;
  if (oddity === "is away") await stop();

  return {
    url: `http://127.0.0.1:${port}/`,
    get requests() {
      return requests;
    },
    accepted,
    async recover() {
      isOdd = false;
      server.closeAllConnections();
      if (!server.listening) await listen(port);
    },
    close: stop,
  };
}
