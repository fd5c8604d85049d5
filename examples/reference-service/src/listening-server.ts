import { createServer, type Server } from "node:http";
import { StraycallError } from "@straycall/core";

/**
 * A cursor stands in the address and holds a key: a name of an attacker's, each byte escaped, is 27 kB; Node's own limit
 * is 16.
 */
const maxHeaderSize = 65_536;

/** A server that has its port but answers nobody yet. Throws CONFIG_INVALID if the port cannot be had. */
export async function listeningServer(port: number, host: string): Promise<Server> {
  const server = createServer({ maxHeaderSize });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) =>
      reject(new StraycallError("CONFIG_INVALID", `PORT, HOST: ${cause.message}`, { cause })),
    );
    server.listen(port, host, resolve);
  });
  return server;
}

/** Where to reach it from this machine. */
export function serverUrl(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const isEverywhere = address.address === "0.0.0.0" || address.address === "::";
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return `http://${isEverywhere ? "localhost" : host}:${address.port}`;
}

/** Takes no more requests and waits at most `graceMs` for those under way. */
export async function closeServer(server: Server, graceMs = 5_000): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  const grace = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(grace);
}
