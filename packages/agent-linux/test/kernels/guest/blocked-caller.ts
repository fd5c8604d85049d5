/** Calls that a policy denies and one that it allows, made inside the guest by an ordinary process. */
import { spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { Resolver } from "node:dns/promises";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { ports, resolver } from "./ports.js";

await ended(connect(ports.web, "127.0.0.1"));
await ended(connect(ports.web, "::1"));

const socket = createSocket("udp4");
await new Promise((sent) => socket.send("abc", ports.udp, "127.0.0.1", sent));
socket.close();

// A socket from outside of the cgroup, connected and not.
const cgroups = "/sys/fs/cgroup";
const own = readFileSync("/proc/self/cgroup", "latin1").trim().slice("0::".length);
const enter = (cgroup: string) => writeFileSync(`${cgroups}${cgroup}/cgroup.procs`, "0");
for (const isConnected of [false, true]) {
  enter("");
  const foreign = createSocket("udp4").bind();
  await once(foreign, "listening");
  enter(own);
  if (isConnected) {
    foreign.connect(ports.foreign, "127.0.0.2");
    await once(foreign, "connect");
    await new Promise((sent) => foreign.send("abc", sent));
  } else {
    await new Promise((sent) => foreign.send("abc", ports.foreign, "127.0.0.1", sent));
  }
  foreign.close();
}

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
