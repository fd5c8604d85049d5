import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { procAgent } from "../../src/index.js";
import { type Listening, listenTcp } from "./listen.js";
import { callsTo, closesOf, ofType, type Recording, requireRoot, resultsOf } from "./record.js";

/** Polls what descends from here while a command runs. */
async function poll(command: readonly string[]): Promise<Recording> {
  const stop = new AbortController();
  const events: Recording["events"] = [];
  let pid = 0;
  let running: Promise<unknown> | undefined;
  for await (const event of procAgent({ descendantsOf: process.pid }).capture(stop.signal)) {
    events.push(event);
    if (event.type !== "capture.started") continue;
    const [program = "", ...args] = command;
    const child = spawn(program, args, { stdio: "inherit" });
    pid = child.pid ?? 0;
    running = once(child, "exit").then(() => sleep(100).then(() => stop.abort()));
  }
  await running;
  return { events, pid, output: "" };
}

const python = (script: string) => ["/usr/bin/python3", "-c", script];

describe("looking at /proc", () => {
  let server: Listening;
  beforeAll(async () => {
    requireRoot();
    server = await listenTcp("127.0.0.1", (socket) => socket.resume());
    return () => server.close();
  });

  it("tells a call that lasts: who, where to, from where, how it went and how many bytes", async () => {
    const recording = await poll(
      python(`
import socket, time
s = socket.create_connection(("127.0.0.1", ${server.port}))
s.sendall(b"hello")
time.sleep(.5)
s.close()`),
    );
    const [call, ...more] = callsTo(recording, server.port);
    expect(more).toEqual([]);
    expect(call).toMatchObject({
      process: { pid: recording.pid, user: { id: 0 } },
      destination: { ip: "127.0.0.1" },
      network: { transport: "tcp" },
    });
    expect(call && resultsOf(recording, call)).toMatchObject([{ result: "established" }]);
    const [close] = call ? closesOf(recording, call) : [];
    // The end of a connection counts as one more byte.
    expect([5, 6]).toContain(close?.source?.bytes);
    const programs = ofType(recording, "process.exec").filter(
      ({ process }) => process.pid === recording.pid,
    );
    expect(programs.at(-1)?.process.executable).toContain("python3");
    expect(ofType(recording, "process.exit").map(({ process }) => process.pid)).toContain(
      recording.pid,
    );
  });

  it("tells connected UDP and IPv6", async () => {
    const recording = await poll(
      python(`
import socket, time
u = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
u.connect(("::1", 5399))
u.send(b"x")
time.sleep(.5)`),
    );
    expect(callsTo(recording, 5399)).toMatchObject([
      {
        process: { pid: recording.pid },
        destination: { ip: "::1" },
        network: { transport: "udp" },
      },
    ]);
  });

  it("does not take the connections that a server accepts for calls", async () => {
    const recording = await poll(
      python(`
import socket, time
l = socket.socket()
l.bind(("127.0.0.1", 0))
l.listen()
c = socket.create_connection(l.getsockname())
a, _ = l.accept()
time.sleep(.5)`),
    );
    const calls = ofType(recording, "network.connect").filter(
      ({ process }) => process.pid === recording.pid,
    );
    expect(calls).toHaveLength(1);
  });

  it("counts short calls that may be anybody's, and guesses at no process", async () => {
    const count = 200;
    const recording = await poll(
      python(`
import socket
for _ in range(${count}): socket.create_connection(("127.0.0.1", ${server.port})).close()`),
    );
    const told = callsTo(recording, server.port);
    expect(told.filter(({ process }) => process.pid !== recording.pid)).toEqual([]);
    const lost = ofType(recording, "capture.lost").reduce((sum, { lost }) => sum + lost.count, 0);
    expect(told.length + lost).toBeGreaterThanOrEqual(count);
  });
});

/** Captures like in a container: nobody but the job is there. */
const capturingAlone = `
import { procAgent } from "@straycall/agent-linux";
import { spawn } from "node:child_process";
const stop = new AbortController();
const calls = new Map();
let lost = 0, blindSpots = [];
const script = \`
import socket
l = socket.socket(); l.bind(("127.0.0.1", 0)); l.listen(100)
for _ in range(300):
  c = socket.create_connection(l.getsockname()); c.send(b"12345")
  a, _ = l.accept(); a.recv(10); c.close(); a.close()\`;
for await (const event of procAgent({ descendantsOf: process.pid }).capture(stop.signal)) {
  if (event.type === "capture.started") {
    blindSpots = event.agent.blind_spots;
    spawn("/usr/bin/python3", ["-c", script], { stdio: "inherit" })
      .on("exit", () => setTimeout(() => stop.abort(), 100));
  }
  if (event.type === "network.connect") calls.set(event.connection.id, { ip: event.destination.ip });
  if (event.type === "network.result") calls.get(event.connection.id).result = event.result;
  if (event.type === "network.close") calls.get(event.connection.id).bytes = event.source?.bytes;
  if (event.type === "capture.lost") lost += event.lost.count;
}
console.log(JSON.stringify({ calls: [...calls.values()], lost, uid: process.getuid(), blindSpots }));`;

describe("looking at /proc of a container", () => {
  beforeAll(requireRoot);

  it.each([
    ["as root", ""],
    ["as a user without rights", "setpriv --reuid=65534 --regid=65534 --clear-groups"],
  ])("tells every short call, with its bytes, %s", async (_, as) => {
    const inside = `ip link set lo up && exec ${as} "$@"`;
    const node = [process.execPath, "--conditions=@straycall/source", "--import", "tsx"];
    const args = ["--input-type=module", "-e", capturingAlone];
    const container = ["--net", "--pid", "--fork", "--mount-proc"];
    const child = spawn("unshare", [...container, "sh", "-c", inside, "sh", ...node, ...args], {
      stdio: ["ignore", "pipe", "inherit"],
      cwd: new URL("../..", import.meta.url),
      env: { PATH: process.env.PATH, TSX_DISABLE_CACHE: "1" },
    });
    let output = "";
    child.stdout.on("data", (data: Buffer) => {
      output += data.toString();
    });
    await once(child, "close");
    const { calls, lost, uid } = JSON.parse(output);
    expect(uid).toBe(as === "" ? 0 : 65_534);
    expect(lost).toBe(0);
    expect(calls).toHaveLength(300);
    for (const call of calls) {
      expect(call).toMatchObject({ ip: "127.0.0.1", result: "established" });
      expect([5, 6]).toContain(call.bytes);
    }
  });
});
