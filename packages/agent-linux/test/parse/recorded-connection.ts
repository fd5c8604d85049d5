import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { type Listening, listen } from "../capture/listen.js";

/** What both sides of a TCP connection said, in the pieces that came. */
export interface RecordedConnection {
  fromClient: Buffer[];
  fromServer: Buffer[];
}

export interface RecordingProxy {
  port: number;
  readonly connections: RecordedConnection[];
  close(): Promise<void>;
}

/** A proxy on loopback that passes everything on to a server and keeps it. */
export async function recordingProxy(server: Server): Promise<RecordingProxy> {
  const target: Listening = await listen(server, "127.0.0.1");
  const connections: RecordedConnection[] = [];
  const proxy = createServer((client: Socket) => {
    const connection: RecordedConnection = { fromClient: [], fromServer: [] };
    connections.push(connection);
    const upstream = connect(target.port, "127.0.0.1").on("error", () => client.destroy());
    client.on("data", (piece) => connection.fromClient.push(Buffer.from(piece)));
    upstream.on("data", (piece) => connection.fromServer.push(Buffer.from(piece)));
    client.pipe(upstream).pipe(client);
    once(client, "close").then(
      () => upstream.destroy(),
      () => upstream.destroy(),
    );
  });
  const front = await listen(proxy, "127.0.0.1");
  return {
    port: front.port,
    connections,
    async close() {
      await front.close();
      await target.close();
    },
  };
}
