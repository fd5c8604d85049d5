import { parseEvents } from "@straycall/core";
import { describe, expect, it } from "vitest";
import { type AnyFact, lastGeneration } from "../../src/decode/fact.js";
import { actor, exec, fact, saidInClear, tcp, translateAll, udp } from "./facts.js";

const connection = { cookie: 77n, generation: 1 };

function call(fields: { generation?: number; protocol?: number; port?: number } = {}): AnyFact {
  const { generation = 1, protocol = tcp, port = 443 } = fields;
  return fact("call", {
    connection: { cookie: 77n, generation },
    protocol,
    address: "192.0.2.1",
    port,
    sourcePort: 0,
    network: 4_026_531_840,
    cgroup: 9n,
  });
}

function said(text: string | Buffer, sequence: number, begins: boolean): AnyFact {
  const data = Buffer.from(text);
  const about = { connection, protocol: tcp, isInbound: false, begins, ...saidInClear };
  return fact("payload", { ...about, sequence, data });
}

const close = fact("close", { connection, bytesOut: 5, bytesIn: 6, packetsOut: 1, packetsIn: 2 });
const typesOf = (facts: readonly AnyFact[]) => translateAll(facts).map(({ type }) => type);

describe("facts become events", () => {
  it("that core takes, each with an id of its own and the wall clock's time", () => {
    const events = translateAll([
      fact("fork", {}),
      exec(actor(7, { parentPid: 3, parentStart: 30 }), { cgroup: 9n }),
      call(),
      fact("result", { connection, error: 0, source: { address: "127.0.0.1", port: 999 } }),
      said("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n", 1, true),
      close,
      fact("exit", { status: 0 }),
    ]);
    expect(parseEvents(events).rejected).toEqual([]);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(events[0]).toMatchObject({ time: 1_000_005, monotonic_time: 5 });
    expect(events[0]).toMatchObject({ process: { start: 900_700 } });
  });

  it("that name a process by its pid and its start, so that a pid can come again", () => {
    const [first] = translateAll([fact("fork", { process: actor(7, { start: 1 }) })]);
    const [second] = translateAll([fact("fork", { process: actor(7, { start: 2 }) })]);
    expect(first).toMatchObject({ process: { entity_id: "7-1" } });
    expect(second).toMatchObject({ process: { entity_id: "7-2" } });
  });
});

describe("processes", () => {
  it("that were there before are introduced with their ancestors, when they first do something", () => {
    const known = {
      7: { process: actor(7, { parentPid: 3, parentStart: 30 }), args: ["worker"] },
      3: { args: ["boss"] },
    };
    const events = translateAll([call(), call({ generation: 2 })], known);
    expect(events.map(({ type }) => type)).toEqual([
      "process.exec",
      "process.exec",
      "network.connect",
      "network.connect",
    ]);
    expect(events[0]).toMatchObject({ process: { pid: 3, args: ["boss"] } });
    expect(events[1]).toMatchObject({ process: { pid: 7, args: ["worker"], parent: { pid: 3 } } });
  });

  it("end with their exit code, or like in a shell with 128 and the signal", () => {
    const events = translateAll([fact("exit", { status: 3 << 8 }), fact("exit", { status: 15 })]);
    expect(events).toMatchObject([{ process: { exit_code: 3 } }, { process: { exit_code: 143 } }]);
  });
});

describe("calls", () => {
  it("fail once, though the kernel tells it twice", () => {
    const refused = fact("result", { connection, error: 111 });
    expect(typesOf([call(), refused, refused])).toEqual(["network.connect", "network.result"]);
  });

  it("end with their bytes where the socket made one, without where it made several", () => {
    expect(translateAll([call(), close]).at(-1)).toMatchObject({
      source: { bytes: 5, packets: 1 },
      destination: { bytes: 6, packets: 2 },
    });
    const events = translateAll([
      call({ protocol: udp, port: 1 }),
      call({ protocol: udp, port: 2, generation: 2 }),
      close,
    ]);
    expect(events.slice(2).map(({ type }) => type)).toEqual(["network.close", "network.close"]);
    expect(events.at(-1)).not.toHaveProperty("source");
  });

  it("are told by what the packet said they are", () => {
    const transports = [1, 6, 17, 58, 132, 136, 255, 262].map((protocol) => {
      const [event] = translateAll([call({ protocol })]);
      return event?.type === "network.connect" && event.network.transport;
    });
    expect(transports).toEqual(["icmp", "tcp", "udp", "icmp", "sctp", "udp", "raw", "tcp"]);
  });

  it("that io_uring made have their result with the last call of the socket", () => {
    const last = { cookie: 77n, generation: lastGeneration };
    const events = translateAll([
      call(),
      call({ generation: 2 }),
      fact("result", { connection: last, error: 101 }),
    ]);
    expect(events.slice(1)).toMatchObject([
      { type: "network.connect", connection: { id: "run-77-2" } },
      { type: "network.result", connection: { id: "run-77-2" }, result: "unreachable" },
    ]);
  });

  it("that nobody told of have no result and no end", () => {
    expect(typesOf([fact("result", { connection, error: 0 }), close])).toEqual([]);
  });
});

describe("what is said on a call", () => {
  it("goes to the proxy's destination where a whole URL is asked for", () => {
    const events = translateAll([
      call(),
      said("GET http://user@Up.example:80/a?b HTTP/1.1\r\nHost: up.example\r\n\r\n", 1, true),
    ]);
    expect(events[1]).toMatchObject({ url: { domain: "up.example:80", path: "/a?b" } });
  });

  it("is told when the next request begins, though its head was not captured to the end", () => {
    const events = translateAll([
      call(),
      said("PUT /one HTTP/1.1\r\nX: ", 1, true),
      said("PUT /two HTTP/1.1\r\nHost: b.example\r\n\r\n", 5_000, true),
    ]);
    expect(events.slice(1)).toMatchObject([{ url: { path: "/one" } }, { url: { path: "/two" } }]);
  });

  it("is heard no further once it makes no sense", () => {
    expect(typesOf([call(), said("SSH-2.0-x\r\n", 1, true), close])).toEqual([
      "network.connect",
      "network.close",
    ]);
  });

  it("is never more than the kernel side sends", () => {
    const pieces = Array.from({ length: 20 }, (_, index) => {
      const text = index === 0 ? `GET /${"a".repeat(999)}` : "a".repeat(1_000);
      return said(text, index === 0 ? 0 : 1_004 + (index - 1) * 1_000, index === 0);
    });
    const events = translateAll([call(), ...pieces]);
    expect(parseEvents(events).rejected).toEqual([]);
    expect(events.map(({ type }) => type)).toEqual(["network.connect", "http.request"]);
  });

  it("ties an answer to its request, also to one whose head was cut", () => {
    const answer = (text: string) =>
      fact("payload", {
        ...{ connection, protocol: tcp, isInbound: true, begins: false },
        ...{ ...saidInClear, isResponse: true },
        ...{ sequence: 1, data: Buffer.from(text) },
      });
    const events = translateAll([
      ...[call(), said("GET /a HTTP/1.1\r\nHost: a.test\r\n\r\n", 1, true)],
      ...[answer("HTTP/1.1 100 Continue\r\n\r\n"), answer("HTTP/1.1 204 No Content\r\n")],
      ...[said("GET /b HTTP/1.1\r\nX: ", 100, true), answer("HTTP/1.1 431 Too Large\r\n")],
    ]);
    expect(parseEvents(events).rejected).toEqual([]);
    expect(events.slice(1)).toMatchObject([
      { type: "http.request", http: { request: { id: "1" } }, url: { path: "/a" } },
      { type: "http.response", http: { request: { id: "1" }, response: { status_code: 204 } } },
      { type: "http.request", http: { request: { id: "2" } }, url: { path: "/b" } },
      { type: "http.response", http: { request: { id: "2" }, response: { status_code: 431 } } },
    ]);
  });
});
