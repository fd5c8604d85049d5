import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { connect } from "node:tls";
import { beforeAll, describe, expect, it } from "vitest";
import { parseClientHello } from "../../src/parse/client-hello.js";
import { listen } from "../capture/listen.js";

/** What Node's own TLS client says first. */
async function realHello(options: {
  servername?: string;
  ALPNProtocols?: string[];
}): Promise<Buffer> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => sockets.push(socket));
  const { port, close } = await listen(server, "127.0.0.1");
  const client = connect({ port, host: "127.0.0.1", ...options }).on("error", () => {});
  try {
    if (sockets.length === 0) await once(server, "connection");
    const [socket] = sockets;
    if (socket === undefined) throw new Error("nobody connected");
    const [data] = await once(socket, "data");
    return data;
  } finally {
    client.destroy();
    await close();
  }
}

describe("a ClientHello", () => {
  let hello: Buffer;

  beforeAll(async () => {
    hello = await realHello({
      servername: "Registry.Example.com",
      ALPNProtocols: ["h2", "http/1.1"],
    });
  });

  it("gives the server name and the protocols", () => {
    expect(parseClientHello(hello)).toEqual({
      serverName: "registry.example.com",
      nextProtocols: ["h2", "http/1.1"],
    });
  });

  it("may name no server", async () => {
    expect(parseClientHello(await realHello({}))).toEqual({ nextProtocols: [] });
  });

  it("is incomplete until its last byte", () => {
    for (let length = 0; length < hello.length; length++) {
      expect(parseClientHello(hello.subarray(0, length))).toBe("incomplete");
    }
  });

  it("may be spread over records", () => {
    const message = hello.subarray(5);
    const recordOf = (part: Buffer) =>
      Buffer.concat([Buffer.from([22, 3, 1, part.length >> 8, part.length & 0xff]), part]);
    const spread = Buffer.concat([
      recordOf(message.subarray(0, 3)),
      recordOf(message.subarray(3, 100)),
      recordOf(message.subarray(100)),
    ]);
    expect(parseClientHello(spread)).toMatchObject({ serverName: "registry.example.com" });
  });

  it("survives every single byte being wrong", () => {
    for (let index = 0; index < hello.length; index++) {
      for (const value of [0, 1, 0x7f, 0xff]) {
        const broken = Buffer.from(hello);
        broken[index] = value;
        const parsed = parseClientHello(broken);
        expect(typeof parsed === "string" || Array.isArray(parsed.nextProtocols)).toBe(true);
      }
    }
  });

  it("is not what other protocols say", () => {
    expect(parseClientHello(Buffer.from("GET / HTTP/1.1\r\n"))).toBe("other");
    expect(parseClientHello(Buffer.from("SSH-2.0-OpenSSH\r\n"))).toBe("other");
    const serverHello = Buffer.from([22, 3, 3, 0, 4, 2, 0, 0, 0]);
    expect(parseClientHello(serverHello)).toBe("other");
  });
});
