/** Calls that a policy denies and one that it allows, made inside the guest by an ordinary process. */
import { spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { Resolver } from "node:dns/promises";
import { connect } from "node:net";
import { ports, resolver } from "./ports.js";

await ended(connect(ports.web, "127.0.0.1"));
await ended(connect(ports.web, "::1"));

const socket = createSocket("udp4");
await new Promise((sent) => socket.send("abc", ports.udp, "127.0.0.1", sent));
socket.close();

const names = new Resolver();
names.setServers([resolver]);
await names.resolve4("other.example.test").catch(() => {});
const [address] = await names.resolve4("dns.example.test");
await ended(connect(ports.tcp, address ?? ""));

spawnSync("/bin/busybox", ["arping", "-c", "1", "-w", "1", "-I", "lo", "127.0.0.1"]);

function ended(connection: ReturnType<typeof connect>): Promise<void> {
  connection.on("error", () => {});
  connection.resume();
  return new Promise((done) => void connection.on("close", done));
}
