/** One of each call that the probe looks for, made inside the guest by an ordinary process. */
import { spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { Resolver } from "node:dns/promises";
import { type ClientRequest, type IncomingMessage, request } from "node:http";
import { connect, Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { ports, resolver } from "./ports.js";

spawnSync("/bin/busybox", ["true", "an argument"]);

await closed(connect(ports.tcp, "127.0.0.1"));
await closed(connect(ports.tcp, "::1"));
await closed(connect(ports.closed, "127.0.0.1"));
await closed(connect(443, "192.0.2.1"));
await closed(connectTls({ host: "127.0.0.1", port: ports.tcp, servername: "tls.example.test" }));
await closed(request({ host: "in-hosts.example.test", port: ports.web, path: "/path" }).end());

const socket = createSocket("udp4");
await new Promise((sent) => socket.send("abc", ports.udp, "127.0.0.1", sent));
socket.close();

const names = new Resolver();
names.setServers([resolver]);
await names.resolve4("dns.example.test");

/** Waits until a connection is over, whatever became of it. */
function closed(connection: Socket | ClientRequest): Promise<void> {
  connection.on("error", () => {});
  connection.on("response", (response: IncomingMessage) => response.resume());
  if (connection instanceof Socket) connection.resume();
  return new Promise((done) => void connection.on("close", done));
}
