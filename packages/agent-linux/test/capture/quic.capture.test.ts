import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callsTo, ofType, recordPython, requireRoot } from "./record.js";

/** What a browser sent first: a ClientHello over two datagrams. */
const datagrams = [1, 2].map((number) =>
  join(import.meta.dirname, `../parse/recorded/chromium-quic-${number}.bin`),
);

describe("QUIC, from the real kernel", () => {
  let server: Socket;

  beforeAll(async () => {
    requireRoot();
    server = createSocket("udp4").bind(0, "127.0.0.1");
    await once(server, "listening");
  });
  afterAll(() => void server.close());

  it.each([
    ["a connected", "s.connect(there)", "s.send(datagram)"],
    ["an unconnected", "s.sendto(b'another', elsewhere)", "s.sendto(datagram, there)"],
  ])("tells the server name that %s socket asks for", async (_, prepare, send) => {
    const { port } = server.address();
    const recording = await recordPython(`
import socket
there, elsewhere = ("127.0.0.1", ${port}), ("127.0.0.1", 9)
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
${prepare}
for name in ${JSON.stringify(datagrams)}:
    datagram = open(name, "rb").read()
    ${send}
    ${send}`);
    const [call] = callsTo(recording, port);
    const hellos = ofType(recording, "tls.hello");
    expect(hellos).toMatchObject([
      { connection: call?.connection, tls: { client: { server_name: "registry.example.com" } } },
    ]);
    expect(ofType(recording, "capture.lost")).toEqual([]);
  });
});
