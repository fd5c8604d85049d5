import type { Call } from "@straycall/core";
import { beforeAll, describe, expect, it } from "vitest";
import { correlate } from "./correlate.js";
import { dnsTools } from "./dns-scripts.js";
import { listenDns } from "./dns-server.js";
import { recordPython, requireRoot } from "./record.js";

/** An address of its own on loopback: another run of these tests may be under way. */
const resolver = `127.79.${(process.pid >> 8) & 0xff}.${(process.pid & 0x7f) + 1}`;
/** Nobody has it; it is listed as a resolver all the same. */
const distantResolver = "198.51.100.53";
const wanted = "registry.example.test";

/** How a process gives an address of its own choice the name it wants, and what comes of it. */
interface Forgery {
  how: string;
  /** Python: the body of a function that knows `target`, the address that shall have the name. */
  script: string;
}

const forgeries: readonly Forgery[] = [
  {
    how: "a resolver of its own on a high port of loopback",
    script: `
  port = serve("127.0.0.1", 0, lambda m: [response(struct.unpack_from("!H", m)[0], WANTED, [address(WANTED, target)])])
  ask("127.0.0.1", port, query(1, WANTED))
  call(target)`,
  },
  {
    how: "a resolver of its own on port 53",
    script: `
  serve("127.0.0.99", 53, lambda m: [response(1, WANTED, [address(WANTED, target)])])
  ask("127.0.0.99", 53, query(1, WANTED))
  call(target)`,
  },
  {
    how: "an answer in the resolver's name, with another number",
    script: `
  s = udp(); s.connect((RESOLVER, 53)); s.send(query(7, "silent.example.test"))
  spoof(RESOLVER, 53, s.getsockname(), response(8, WANTED, [address(WANTED, target)]))
  s.settimeout(3); s.recv(4096)
  call(target)`,
  },
  {
    how: "an answer in the resolver's name to another question",
    script: `
  s = udp(); s.connect((RESOLVER, 53)); s.send(query(7, "silent.example.test"))
  spoof(RESOLVER, 53, s.getsockname(), response(7, WANTED, [address(WANTED, target)]))
  s.settimeout(3); s.recv(4096)
  call(target)`,
  },
  {
    how: "an answer in the resolver's name to a socket that asked nothing",
    script: `
  s = udp(); s.bind(("127.0.0.1", 0))
  spoof(RESOLVER, 53, s.getsockname(), response(7, WANTED, [address(WANTED, target)]))
  s.settimeout(3); s.recv(4096)
  call(target)`,
  },
  {
    how: "an answer that has the wanted name only beside what was asked",
    script: `
  s, answer = ask(RESOLVER, 53, query(3, "beside.example.test"))
  call(target)`,
  },
  {
    how: "the resolver's address in a network namespace of its own",
    script: `
  outside = socket.socket()
  own_network()
  serve(RESOLVER, 53, lambda m: [response(1, WANTED, [address(WANTED, target)])])
  ask(RESOLVER, 53, query(1, WANTED))
  call(target, outside)`,
  },
  {
    how: "a distant resolver's address on its own machine",
    script: `
  own_network()
  assert os.system("ip address add ${distantResolver}/32 dev lo") == 0
  serve("${distantResolver}", 53, lambda m: [response(1, WANTED, [address(WANTED, target)])])
  ask("${distantResolver}", 53, query(1, WANTED))
  call(target)`,
  },
  {
    how: "the name that an address has for itself (PTR)",
    script: `
  name = ".".join(reversed(target.split("."))) + ".in-addr.arpa"
  ask(RESOLVER, 53, query(4, name, 12))
  call(target)`,
  },
];

const targetOf = (index: number) => `127.91.0.${index + 1}`;
const honest = "127.91.1.1";

describe("a forged answer", () => {
  let calls: Call[];

  beforeAll(async () => {
    requireRoot();
    const beside = targetOf(forgeries.findIndex(({ how }) => how.includes("only beside")));
    const reversed = targetOf(forgeries.length - 1)
      .split(".")
      .reverse()
      .join(".");
    const dns = await listenDns(resolver, {
      [wanted]: { answers: [{ type: "A", name: wanted, ttl: 60, data: honest }] },
      "beside.example.test": {
        answers: [
          { type: "A", name: "beside.example.test", ttl: 60, data: "127.91.1.2" },
          { type: "A", name: wanted, ttl: 60, data: beside },
        ],
      },
      [`${reversed}.in-addr.arpa`]: {
        answers: [{ type: "PTR", name: `${reversed}.in-addr.arpa`, ttl: 60, data: wanted }],
      },
      "silent.example.test": { silent: true },
    });
    const cases = forgeries.map(
      ({ script }, index) =>
        `def forgery_${index}():\n  target = "${targetOf(index)}"\n${script}\nchild(forgery_${index})`,
    );
    const script = `${dnsTools}
RESOLVER, WANTED = "${resolver}", "${wanted}"
${cases.join("\n")}
def honest():
  ask(RESOLVER, 53, query(9, WANTED))
  call("${honest}")
child(honest)`;
    try {
      const recording = await recordPython(script, { resolvers: [resolver, distantResolver] });
      expect(recording.output).toBe("");
      calls = await correlate(recording);
    } finally {
      await dns.close();
    }
  });

  const callTo = (ip: string) => calls.find((call) => call.ip === ip && call.endpoint.port === 9);

  it.each(forgeries.map(({ how }, index) => ({ how, index })))(
    "does not name the address: $how",
    ({ index }) => {
      const call = callTo(targetOf(index));
      expect(call?.endpoint.host).toBe(targetOf(index));
      const names = call?.names.map(({ name, confidence }) => `${name} ${confidence}`) ?? [];
      expect([[], [`${wanted} doubtful`]]).toContainEqual(names);
    },
  );

  it("is shown with who gave it", () => {
    expect(callTo(targetOf(1))?.names).toMatchObject([
      {
        name: wanted,
        source: "dns",
        confidence: "doubtful",
        server: { ip: "127.0.0.99", port: 53 },
      },
    ]);
  });

  it("is told from the trusted resolver's, which does", () => {
    expect(callTo(honest)).toMatchObject({
      endpoint: { host: wanted, port: 9 },
      names: [{ name: wanted, confidence: "certain", ttl: 60, server: { ip: resolver, port: 53 } }],
    });
  });
});
