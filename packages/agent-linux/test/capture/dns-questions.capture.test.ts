import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { correlate } from "./correlate.js";
import { dnsTools } from "./dns-scripts.js";
import { listenDns } from "./dns-server.js";
import type { Listening } from "./listen.js";
import { ofType, type Recording, recordPython, requireRoot } from "./record.js";

/** An address of its own on loopback: another run of these tests may be under way. */
const resolver = `127.78.${(process.pid >> 8) & 0xff}.${(process.pid & 0x7f) + 1}`;
const types = {
  ...{ A: 1, NS: 2, CNAME: 5, SOA: 6, PTR: 12, MX: 15, TXT: 16, AAAA: 28, SRV: 33, NAPTR: 35 },
  ...{ DS: 43, RRSIG: 46, TLSA: 52, SVCB: 64, HTTPS: 65, ANY: 255, CAA: 257, TYPE65280: 65_280 },
};

describe("questions to resolvers, from the real kernel", () => {
  let dns: Listening;

  beforeAll(async () => {
    requireRoot();
    const address = (name: string, data: string) => ({ type: "A" as const, name, ttl: 60, data });
    const reused = Array.from({ length: 50 }, (_, index) => `n${index}.example.test`);
    dns = await listenDns(resolver, {
      "one.example.test": { answers: [address("one.example.test", "127.92.0.1")] },
      ...Object.fromEntries(
        reused.map((name) => [name, { answers: [address(name, "127.92.0.2")] }]),
      ),
    });
  });
  afterAll(() => dns.close());

  const ask = (script: string): Promise<Recording> =>
    recordPython(`${dnsTools}\nRESOLVER = "${resolver}"\n${script}`, {
      resolvers: [resolver, "::1"],
    });
  const questionsIn = (recording: Recording) =>
    ofType(recording, "dns.question").map(
      ({ dns: { question }, network }) => `${question.name} ${question.type} ${network?.transport}`,
    );
  const answersIn = (recording: Recording) =>
    ofType(recording, "dns.answer").map(
      ({ dns: { question, matched } }) => `${question.name} ${question.type} ${matched}`,
    );

  it("of every type are told, over UDP with and without EDNS and over TCP, with their answers", async () => {
    const recording = await ask(`
for kind in [${Object.values(types).join(", ")}]:
  ask(RESOLVER, 53, query(kind, f"udp-{kind}.example.test", kind))
  ask(RESOLVER, 53, query(kind, f"edns-{kind}.example.test", kind, True))
  s = socket.create_connection((RESOLVER, 53))
  message = query(kind, f"tcp-{kind}.example.test", kind)
  s.send(struct.pack("!H", len(message))); s.send(message)
  while s.recv(4096): pass`);
    const ways = Object.entries(types).flatMap(([type, number]) => [
      [`udp-${number}.example.test ${type}`, "udp"],
      [`edns-${number}.example.test ${type}`, "udp"],
      [`tcp-${number}.example.test ${type}`, "tcp"],
    ]);
    const counted = ofType(recording, "dns.questions");
    expect(ofType(recording, "capture.lost")).toEqual([]);
    // Beyond the sixteenth name of a domain, questions are counted.
    const told = questionsIn(recording);
    const sum = counted.reduce((total, { questions }) => total + questions.count, 0);
    expect(told).toEqual(ways.slice(0, 16).map((way) => way.join(" ")));
    expect(told.length + sum).toBe(ways.length);
    expect(answersIn(recording).sort()).toEqual(ways.map(([what]) => `${what} true`).sort());
  });

  it("are told that go to no port of DNS, over UDP and TCP", async () => {
    const recording = await ask(`
port = serve("127.0.0.1", 0, lambda m: [])
s = udp(); s.sendto(query(1, "udp.elsewhere.test", 16), ("127.0.0.1", port))
server = socket.create_server(("127.0.0.1", 0))
s = socket.create_connection(server.getsockname())
message = query(2, "tcp.elsewhere.test", 16)
s.send(struct.pack("!H", len(message)) + message); s.close()`);
    expect(questionsIn(recording)).toEqual([
      "udp.elsewhere.test TXT udp",
      "tcp.elsewhere.test TXT tcp",
    ]);
  });

  it("are told that the kernel cuts out of one datagram", async () => {
    const recording = await ask(`
messages = [query(i, f"cut-{i}.example.test", 16) for i in range(8)]
s = udp(); s.setsockopt(17, 103, len(messages[0])) # UDP_SEGMENT
s.sendto(b"".join(messages), (RESOLVER, 53))`);
    expect(questionsIn(recording)).toEqual(
      Array.from({ length: 8 }, (_, index) => `cut-${index}.example.test TXT udp`),
    );
  });

  it("about thousands of names are counted to the last one, and shown with the call", async () => {
    const recording = await ask(`
s = udp()
for i in range(5000):
  s.sendto(query(i, f"{i}.{'x' * 50}.evil.test", 16), (RESOLVER, 53))
  if i % 500 == 0: time.sleep(0.05)`);
    expect(ofType(recording, "capture.lost")).toEqual([]);
    expect(questionsIn(recording)).toHaveLength(16);
    const [call] = (await correlate(recording)).filter(({ ip }) => ip === resolver);
    expect(call).toMatchObject({ carries: "dns", questions: { count: 5_000, longestLabel: 50 } });
    expect(call?.questions?.asked).toHaveLength(16);
  });

  it("to a resolver that the job runs give names by what it is told itself", async () => {
    const recording = await ask(`
def forward(message): return [ask(RESOLVER, 53, message)[1]]
daemon = os.fork()
if daemon == 0:
  serve("127.0.0.97", 53, forward)
  time.sleep(15); os._exit(0)
time.sleep(0.3)
def client():
  ask("127.0.0.97", 53, query(5, "one.example.test"))
  call("127.92.0.1")
child(client)
os.kill(daemon, 9)`);
    const calls = (await correlate(recording)).filter(({ ip }) => ip === "127.92.0.1");
    expect(calls).toMatchObject([
      {
        endpoint: { host: "one.example.test" },
        names: [{ confidence: "probable", server: { ip: "127.0.0.97" } }],
      },
    ]);
  });

  it("over IPv6 in a network namespace of its own give names there", async () => {
    const recording = await ask(`
own_network()
s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM); s.bind(("::1", 53))
def run():
  message, peer = s.recvfrom(4096)
  s.sendto(response(6, "six.example.test", [address("six.example.test", "127.92.0.6")]), peer)
threading.Thread(target=run, daemon=True).start()
c = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM); c.settimeout(3)
c.sendto(query(6, "six.example.test"), ("::1", 53)); c.recv(4096)
call("127.92.0.6")`);
    const calls = (await correlate(recording)).filter(({ ip }) => ip === "127.92.0.6");
    expect(calls).toMatchObject([
      {
        endpoint: { host: "six.example.test" },
        names: [{ confidence: "probable", server: { ip: "::1", port: 53 } }],
      },
    ]);
  });

  it("of processes that have one pid, one after the other, name the calls of each", async () => {
    const recording = await ask(`
first = os.fork()
if first == 0: os._exit(0)
os.waitpid(first, 0)
pids = []
for i in range(50):
  with open("/proc/sys/kernel/ns_last_pid", "w") as file: file.write(str(first - 1))
  pid = os.fork()
  if pid == 0:
    ask(RESOLVER, 53, query(i, f"n{i}.example.test"))
    call("127.92.0.2"); os._exit(0)
  os.waitpid(pid, 0); pids.append(pid)
print(len(set(pids)))`);
    // Others on this machine start processes too: the number is not always still free.
    expect(Number(recording.output)).toBeLessThan(25);
    const calls = (await correlate(recording)).filter(({ ip }) => ip === "127.92.0.2");
    expect(calls.map(({ endpoint }) => endpoint.host)).toEqual(
      Array.from({ length: 50 }, (_, index) => `n${index}.example.test`),
    );
    expect(calls.every(({ names: [name] }) => name?.confidence === "certain")).toBe(true);
  });
});
