import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, createServer, type Server } from "node:net";
import type { TrialPorts } from "./trial-calls.js";

/** The other ends of the trial's calls, on loopback. */
export interface TrialServers {
  ports: TrialPorts;
  /** The paths that were asked for over TLS. */
  requestedPaths: ReadonlySet<string>;
  close(): void;
}

export async function trialServers(): Promise<TrialServers> {
  const closing: (() => void)[] = [];
  const requestedPaths = new Set<string>();
  const listen = async (server: Server, host = "127.0.0.1") => {
    server.listen(0, host);
    await once(server, "listening");
    closing.push(() => server.close());
    return (server.address() as AddressInfo).port;
  };
  const listenUdp = async (answer?: (question: Buffer) => Buffer) => {
    const socket: Socket = createSocket("udp4");
    socket.on("message", (message, { port, address }) => {
      if (answer !== undefined) socket.send(answer(message), port, address);
    });
    socket.bind(0, "127.0.0.1");
    await once(socket, "listening");
    closing.push(() => socket.close());
    return socket.address().port;
  };
  const echo = () => createServer((socket) => socket.resume().on("error", () => {}));
  // Without a certificate: only the trial's own calls come here, and OpenSSL agrees to that when told so.
  const anonymous = { ciphers: "aNULL:@SECLEVEL=0", maxVersion: "TLSv1.2" } as const;
  const ports: TrialPorts = {
    tcp: await listen(echo()),
    // Without IPv6 there is nothing to try.
    tcp6: await listen(echo(), "::1").catch(() => undefined),
    udp: await listenUdp(),
    connectedUdp: await listenUdp(),
    dns: await listenUdp(answerTo),
    http: await listen(createHttpServer((_, response) => response.end("ok"))),
    https: await listen(
      createHttpsServer(anonymous, ({ url }, response) => {
        requestedPaths.add(url ?? "");
        response.end("ok");
      }),
    ),
  };
  return {
    ports,
    requestedPaths,
    close: () => {
      for (const close of closing) close();
    },
  };
}

/** Answers the one question of a DNS message with 127.0.0.1 (RFC 1035, section 4). */
function answerTo(question: Buffer): Buffer {
  const header = Buffer.from(question.subarray(0, 12));
  header.writeUInt16BE(0x8180, 2);
  header.writeUInt16BE(1, 6);
  header.writeUInt32BE(0, 8);
  const name = question.subarray(12);
  const asked = name.subarray(0, name.indexOf(0) + 5);
  const answer = Buffer.from("c00c00010001000000010004" + "7f000001", "hex");
  return Buffer.concat([header, asked, answer]);
}
