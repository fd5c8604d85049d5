import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Listening, listenTcp } from "./listen.js";
import { callsTo, closesOf, ofType, recordPython, requireRoot, resultsOf } from "./record.js";

/** Nobody listens there. */
const closedPort = 9;

describe("outbound calls, from the real kernel", () => {
  let ipv4: Listening;
  let ipv6: Listening;

  beforeAll(async () => {
    requireRoot();
    ipv4 = await listenTcp("127.0.0.1", (socket) => socket.end("four"));
    ipv6 = await listenTcp("::1", (socket) => socket.end("six"));
  });
  afterAll(async () => {
    await ipv4.close();
    await ipv6.close();
  });

  it("tells a TCP call over IPv4: who, where to, from where, how it went and how many bytes", async () => {
    const recording = await recordPython(`
import socket
s = socket.create_connection(("127.0.0.1", ${ipv4.port}))
s.sendall(b"hello")
while s.recv(100): pass
print(s.getsockname()[1])
s.close()`);
    const calls = callsTo(recording, ipv4.port);
    expect(calls).toHaveLength(1);
    const [call] = calls;
    if (call === undefined) return;
    expect(call).toMatchObject({
      process: { pid: recording.pid, user: { id: 0 } },
      destination: { ip: "127.0.0.1", port: ipv4.port },
      network: { transport: "tcp" },
    });
    const source = { ip: "127.0.0.1", port: Number(recording.output) };
    expect(resultsOf(recording, call)).toMatchObject([{ result: "established", source }]);
    expect(closesOf(recording, call)).toMatchObject([{ source: { bytes: 5 } }]);
    // The kernel counts the end of the other side as one more byte.
    expect([4, 5]).toContain(closesOf(recording, call)[0]?.destination?.bytes);
  });

  it("tells a TCP call over IPv6", async () => {
    const recording = await recordPython(`
import socket
socket.create_connection(("::1", ${ipv6.port})).recv(10)`);
    const [call] = callsTo(recording, ipv6.port);
    expect(call).toMatchObject({ destination: { ip: "::1" }, network: { transport: "tcp" } });
    expect(call && resultsOf(recording, call)).toMatchObject([{ result: "established" }]);
  });

  it("tells an IPv4 address that was called through IPv6 as what it is", async () => {
    const recording = await recordPython(`
import socket
s = socket.socket(socket.AF_INET6)
s.connect(("::ffff:127.0.0.1", ${ipv4.port}))`);
    const [call] = callsTo(recording, ipv4.port);
    expect(call?.destination.ip).toBe("127.0.0.1");
    expect(call && resultsOf(recording, call)).toMatchObject([
      { result: "established", source: { ip: "127.0.0.1" } },
    ]);
  });

  it("tells a refused call once, with its error", async () => {
    const recording = await recordPython(`
import socket
s = socket.socket()
s.connect_ex(("127.0.0.1", ${closedPort}))`);
    const [call] = callsTo(recording, closedPort);
    expect(call && resultsOf(recording, call)).toMatchObject([
      { result: "refused", error: { code: "ECONNREFUSED" } },
    ]);
    expect(call && closesOf(recording, call)).toEqual([]);
  });

  it("tells a refused call of a program that does not wait for connects", async () => {
    const recording = await recordPython(`
import socket, select
s = socket.socket()
s.setblocking(False)
s.connect_ex(("127.0.0.1", ${closedPort}))
select.select([], [s], [])`);
    const [call] = callsTo(recording, closedPort);
    expect(call && resultsOf(recording, call)).toMatchObject([{ result: "refused" }]);
  });

  it("tells an unreachable call, though no packet ever left", async () => {
    const recording = await recordPython(`
import ctypes, os, socket
CLONE_NEWNET = 0x40000000
assert ctypes.CDLL(None).unshare(CLONE_NEWNET) == 0
s = socket.socket()
s.connect_ex(("192.0.2.1", 443))`);
    const [call] = callsTo(recording, 443);
    expect(call && resultsOf(recording, call)).toMatchObject([
      { result: "unreachable", error: { code: "ENETUNREACH" } },
    ]);
  });

  it("tells each destination of an unconnected UDP socket once", async () => {
    const recording = await recordPython(`
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for i in range(3): s.sendto(b"abc", ("127.0.0.1", 5001))
s.sendto(b"abc", ("127.0.0.2", 5002))
t = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
t.sendto(b"abc", ("::1", 5003))
t.sendto(b"abc", ("::ffff:127.0.0.3", 5004))`);
    const calls = ofType(recording, "network.connect");
    expect(
      calls.map(({ destination, network }) => [
        destination.ip,
        destination.port,
        network.transport,
      ]),
    ).toEqual([
      ["127.0.0.1", 5001, "udp"],
      ["127.0.0.2", 5002, "udp"],
      ["::1", 5003, "udp"],
      ["127.0.0.3", 5004, "udp"],
    ]);
    expect(new Set(calls.map(({ connection }) => connection.id)).size).toBe(4);
    for (const call of calls) expect(closesOf(recording, call)).toHaveLength(1);
  });

  it("tells a connected UDP call when it sends, with its bytes, and each further destination", async () => {
    const recording = await recordPython(`
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.connect(("127.0.0.1", 5005))
s.send(b"abcd")
s.close()
sinks = [socket.socket(socket.AF_INET, socket.SOCK_DGRAM) for port in (5006, 5007, 5008)]
for port, sink in enumerate(sinks, 5006): sink.bind(("127.0.0.1", port))
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.connect(("127.0.0.1", 5006)); s.send(b"a")
s.connect(("127.0.0.1", 5007)); s.send(b"a")
s.sendto(b"a", ("127.0.0.1", 5008))`);
    const ports = ofType(recording, "network.connect").map(({ destination }) => destination.port);
    expect(ports).toEqual([5005, 5006, 5007, 5008]);
    const [call] = callsTo(recording, 5005);
    expect(call && closesOf(recording, call)).toMatchObject([{ source: { bytes: 4, packets: 1 } }]);
  });

  it("does not take a UDP connect that sends nothing for a call", async () => {
    const recording = await recordPython(`
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.connect(("127.0.0.1", 5009))
t = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
t.connect(("::1", 5009))`);
    expect(ofType(recording, "network.connect")).toEqual([]);
  });

  it("tells ICMP and packets that a program makes by itself", async () => {
    const recording = await recordPython(`
import socket, struct
s = socket.socket(socket.AF_INET, socket.SOCK_RAW, 1)
for i in range(2): s.sendto(b"\\x08\\0\\xf7\\xff\\0\\0\\0\\0", ("127.0.0.3", 0))
r = socket.socket(socket.AF_INET, socket.SOCK_RAW, 255)
ip = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 28, 0, 0, 64, 17, 0, socket.inet_aton("127.0.0.1"), socket.inet_aton("127.0.0.5"))
r.sendto(ip + struct.pack("!HHHH", 999, 5010, 8, 0), ("127.0.0.5", 0))`);
    const calls = ofType(recording, "network.connect");
    expect(
      calls.map(({ destination, network }) => [
        destination.ip,
        destination.port,
        network.transport,
      ]),
    ).toEqual([
      ["127.0.0.3", 0, "icmp"],
      ["127.0.0.5", 5010, "udp"],
    ]);
  });

  it("tells a Multipath TCP call once", async () => {
    const recording = await recordPython(`
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_STREAM, 262)
s.connect(("127.0.0.1", ${ipv4.port}))
s.recv(10)`);
    const calls = callsTo(recording, ipv4.port);
    expect(calls).toMatchObject([{ network: { transport: "tcp" } }]);
    expect(calls[0] && resultsOf(recording, calls[0])).toMatchObject([{ result: "established" }]);
  });

  it("does not take answers to those who call in for calls", async () => {
    const recording = await recordPython(`
import socket, threading
server = socket.create_server(("127.0.0.1", 0))
def answer():
  peer, _ = server.accept()
  peer.sendall(b"GET / HTTP/1.1\\r\\n\\r\\n")
  peer.close()
threading.Thread(target=answer).start()
socket.create_connection(server.getsockname()).recv(100)
print(server.getsockname()[1])`);
    const calls = ofType(recording, "network.connect");
    expect(calls.map(({ destination }) => destination.port)).toEqual([Number(recording.output)]);
    expect(ofType(recording, "http.request")).toEqual([]);
  });

  it("names the thread that called", async () => {
    const recording = await recordPython(`
import socket, threading
def call():
  print(threading.get_native_id())
  socket.create_connection(("127.0.0.1", ${ipv4.port}))
t = threading.Thread(target=call); t.start(); t.join()`);
    const [call] = callsTo(recording, ipv4.port);
    expect(call?.process).toMatchObject({
      pid: recording.pid,
      thread: { id: Number(recording.output) },
    });
  });
});
