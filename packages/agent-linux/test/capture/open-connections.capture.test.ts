import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Listening, listenTcp } from "./listen.js";
import {
  callsTo,
  closesOf,
  ofType,
  type Recording,
  record,
  resultsOf,
  spawnInside,
} from "./record.js";

/** Connects, says so, and goes on when a file is there. */
const earlyCaller = (ports: { ipv4: number; ipv6: number }, goOn: string) => `
import os, signal, socket, time
signal.alarm(20)
four = socket.create_connection(("127.0.0.1", ${ports.ipv4}))
six = socket.create_connection(("::1", ${ports.ipv6}))
mapped = socket.socket(socket.AF_INET6)
mapped.connect(("::ffff:127.0.0.1", ${ports.ipv4}))
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
udp.connect(("127.0.0.1", 5013))
server = socket.create_server(("127.0.0.1", 0))
inward = socket.create_connection(server.getsockname())
accepted, _ = server.accept()
print(four.getsockname()[1], server.getsockname()[1], inward.getsockname()[1], flush=True)
child = os.fork()
while not os.path.exists("${goOn}"): time.sleep(0.01)
if child == 0: os._exit(0)
four.sendall(b"GET /late HTTP/1.1\\r\\nHost: late.example\\r\\n\\r\\n")
accepted.sendall(b"GET /answer HTTP/1.1\\r\\nHost: accepted.example\\r\\n\\r\\n")
udp.send(b"x")
time.sleep(0.1)`;

describe("connections from before the start", () => {
  const folder = mkdtempSync(join(tmpdir(), "straycall-early-"));
  let ipv4: Listening;
  let ipv6: Listening;
  let recording: Recording;
  let early: { pid: number; fourPort: number; serverPort: number; inwardPort: number };

  beforeAll(async () => {
    ipv4 = await listenTcp("127.0.0.1", (socket) => socket.resume());
    ipv6 = await listenTcp("::1", (socket) => socket.resume());
    const ports = { ipv4: ipv4.port, ipv6: ipv6.port };
    const goOn = join(folder, "go-on");
    const script = earlyCaller(ports, goOn);
    const beforeStart = async (cgroup: string) => {
      const child = spawnInside(cgroup, ["/usr/bin/python3", "-c", script, "early"]);
      const [line] = await once(child.stdout, "data");
      const [fourPort = 0, serverPort = 0, inwardPort = 0] = String(line).split(" ").map(Number);
      early = { pid: child.pid ?? 0, fourPort, serverPort, inwardPort };
    };
    const command = ["/bin/sh", "-c", `touch ${goOn}; sleep 0.5`];
    recording = await record(command, { beforeStart });
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true });
    await ipv4.close();
    await ipv6.close();
  });

  it("are told once each, established, with the process that has them open", () => {
    const calls = ofType(recording, "network.connect").filter(
      ({ network }) => network.transport === "tcp",
    );
    const told = calls.map(({ destination }) => `${destination.ip} ${destination.port}`);
    expect(told.sort()).toEqual(
      [
        `127.0.0.1 ${ipv4.port}`,
        `127.0.0.1 ${ipv4.port}`,
        `127.0.0.1 ${early.serverPort}`,
        `::1 ${ipv6.port}`,
      ].sort(),
    );
    for (const call of calls) {
      expect(call.process).toMatchObject({ pid: early.pid, parent: { pid: process.pid } });
      expect(resultsOf(recording, call)).toMatchObject([{ result: "established" }]);
    }
    const owner = ofType(recording, "process.exec").find(
      (event) => event.process.entity_id === calls[0]?.process.entity_id,
    );
    expect(owner?.process.args?.at(-1)).toBe("early");
    const sources = callsTo(recording, ipv4.port).map(
      (call) => resultsOf(recording, call)[0]?.source?.port,
    );
    expect(sources).toContain(early.fourPort);
  });

  it("are not told of those who were called", () => {
    expect(callsTo(recording, early.inwardPort)).toEqual([]);
  });

  it("are heard from then on, to their end", () => {
    const requests = ofType(recording, "http.request");
    expect(new Set(requests.map(({ url }) => url.path))).toEqual(new Set(["/late"]));
    const late = callsTo(recording, ipv4.port).find(
      ({ connection }) => connection.id === requests[0]?.connection.id,
    );
    expect(late && resultsOf(recording, late)[0]?.source?.port).toBe(early.fourPort);
    expect(late && closesOf(recording, late)).toHaveLength(1);
  });

  it("by UDP are told when they send", () => {
    expect(callsTo(recording, 5013)).toMatchObject([{ destination: { ip: "127.0.0.1" } }]);
  });
});
