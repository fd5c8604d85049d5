import { createServer as createHttpServer, type RequestListener } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";

/** A server on loopback. */
export interface Listening {
  port: number;
  close(): Promise<void>;
}

export function listenTcp(
  host: string,
  talk: (socket: Socket) => void,
  port = 0,
): Promise<Listening> {
  return listen(createServer(talk), host, port);
}

export function listenHttp(host: string, answer: RequestListener): Promise<Listening> {
  return listen(createHttpServer(answer), host);
}

export async function listen(server: Server, host: string, port = 0): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => void server.close(() => resolve()));
    },
  };
}
