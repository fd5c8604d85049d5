import { statSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { listenTcp } from "./listen.js";
import { callsTo, ofType, recordPython, requireRoot, resultsOf } from "./record.js";

/** Nobody listens there. */
const closedPort = 9;

describe("where a call comes from, from the real kernel", () => {
  beforeAll(requireRoot);

  it("is a process with its start, its user at that moment and its cgroup", async () => {
    const recording = await recordPython(`
import os, socket
os.setuid(65534)
socket.socket().connect_ex(("127.0.0.1", ${closedPort}))`);
    const [call] = callsTo(recording, closedPort);
    const [python] = ofType(recording, "process.exec").filter(
      ({ process }) => process.args?.[0] === "/usr/bin/python3",
    );
    expect(call?.process).toMatchObject({ pid: recording.pid, user: { id: 65_534 } });
    expect(call?.process.cgroup).toMatch(/^\/straycall\/test-/);
    expect(call?.process.start).toBe(python?.process.start);
    const age = (python?.time ?? 0) - (python?.process.start ?? 0);
    expect(age).toBeGreaterThan(0);
    expect(age).toBeLessThan(10_000);
  });

  it("is a thread, where it was not the first", async () => {
    const recording = await recordPython(`
import socket, threading
def call():
  print(threading.get_native_id())
  socket.socket().connect_ex(("127.0.0.1", ${closedPort}))
thread = threading.Thread(target=call)
thread.start()
thread.join()`);
    expect(callsTo(recording, closedPort)[0]?.process.thread?.id).toBe(Number(recording.output));
  });

  it("is a network namespace, the socket's own and not the caller's", async () => {
    const recording = await recordPython(`
import ctypes, os, socket
early = socket.socket()
ctypes.CDLL(None).unshare(0x40000000)
late = socket.socket()
print(os.stat("/proc/self/ns/net").st_ino)
early.connect_ex(("127.0.0.1", ${closedPort}))
late.connect_ex(("127.0.0.2", ${closedPort}))`);
    const namespaces = callsTo(recording, closedPort).map(({ network }) => network.namespace);
    expect(namespaces).toEqual([
      String(statSync("/proc/self/ns/net").ino),
      recording.output.trim(),
    ]);
  });

  it("is a port, whether the call succeeds, is refused or needs no connection", async () => {
    const server = await listenTcp("127.0.0.1", (socket) => socket.resume());
    try {
      const recording = await recordPython(`
import json, socket
def port(s): return s.getsockname()[1]
ports = []
s = socket.create_connection(("127.0.0.1", ${server.port})); ports.append(port(s))
s = socket.socket(); s.bind(("127.0.0.1", 0)); ports.append(port(s)); s.connect_ex(("127.0.0.1", ${closedPort}))
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.sendto(b"x", ("127.0.0.1", 5010)); ports.append(port(s))
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(("127.0.0.1", 5011)); s.send(b"x"); ports.append(port(s))
print(json.dumps(ports))`);
      const told = ofType(recording, "network.connect").map(
        (call) => call.source?.port ?? resultsOf(recording, call)[0]?.source?.port,
      );
      expect(told).toEqual(JSON.parse(recording.output));
    } finally {
      await server.close();
    }
  });

  it("is told with its time by a clock that nobody can set", async () => {
    const before = performance.now();
    const { events } = await recordPython("");
    const hrtime = Number(process.hrtime.bigint()) / 1e6;
    const own = events.filter(({ type }) => type === "process.fork" || type === "process.exit");
    expect(own.length).toBeGreaterThan(0);
    for (const { monotonic_time = 0 } of own) {
      expect(monotonic_time).toBeLessThan(hrtime);
      expect(monotonic_time).toBeGreaterThan(hrtime - (performance.now() - before));
    }
  });
});
