import { describe, expect, it } from "vitest";
import type { AnyFact } from "../../src/decode/fact.js";
import { actor, fact, saidInClear, tcp, translateAll } from "./facts.js";

const connection = (cookie: bigint) => ({ cookie, generation: 1 });
const call = (cookie: bigint) =>
  fact("call", {
    connection: connection(cookie),
    protocol: tcp,
    ...{ address: "192.0.2.1", port: 443, sourcePort: 0, network: 0, cgroup: 9n },
  });
const link = (session: bigint, cookie: bigint) =>
  fact("tls-link", { session, connection: connection(cookie) });
const end = (session: bigint) => fact("tls-end", { session });
const close = (cookie: bigint) =>
  fact("close", {
    connection: connection(cookie),
    ...{ bytesOut: 1, bytesIn: 1, packetsOut: 1, packetsIn: 1 },
  });
const request = (session: bigint, path: string, host = "a.example.test") =>
  text(session, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
const text = (session: bigint, data: string, begins = true, sequence = 0) =>
  fact("tls-text", {
    session,
    begins,
    isHttp2: false,
    isInbound: false,
    sequence,
    data: Buffer.from(data),
  });

/** A ClientHello with nothing but a server name. */
function hello(cookie: bigint, name: string): AnyFact {
  const sized = (size: number, ...parts: Buffer[]) => {
    const contents = Buffer.concat(parts);
    const length = Buffer.alloc(size);
    length.writeUIntBE(contents.length, 0, size);
    return Buffer.concat([length, contents]);
  };
  const names = sized(2, Buffer.from([0]), sized(2, Buffer.from(name)));
  const extensions = sized(2, Buffer.from([0, 0]), sized(2, names));
  const empty = [sized(1), sized(2), sized(1)];
  const message = sized(3, Buffer.alloc(34), ...empty, extensions);
  const record = sized(2, Buffer.from([1]), message);
  const data = Buffer.concat([Buffer.from([22, 3, 1]), record]);
  const direction = { isInbound: false, begins: true };
  return fact("payload", {
    connection: connection(cookie),
    ...{ protocol: tcp, ...direction, ...saidInClear, sequence: 1, data },
  });
}

/** `path on connection`, and what was lost. */
function told(...facts: AnyFact[]): string[] {
  return translateAll(facts).flatMap((event) => {
    if (event.type === "http.request") return [`${event.url.path} on ${event.connection.id}`];
    return event.type === "capture.lost" ? [`lost ${event.lost.count}: ${event.lost.reason}`] : [];
  });
}

const unknownCall = "HTTPS requests whose call could not be found";

describe("a request inside TLS", () => {
  it("is told with the call that its session uses, whichever of the two is known first", () => {
    expect(told(call(1n), request(8n, "/a"), link(8n, 1n))).toEqual(["/a on run-1-1"]);
    expect(told(call(1n), link(8n, 1n), request(8n, "/a"))).toEqual(["/a on run-1-1"]);
  });

  it("does not go to the call of an earlier session with the same pointer", () => {
    const facts = [call(1n), link(8n, 1n), request(8n, "/a"), end(8n)];
    const again = [call(2n), request(8n, "/b"), link(8n, 2n)];
    expect(told(...facts, ...again)).toEqual(["/a on run-1-1", "/b on run-2-1"]);
  });

  it("is put together of several writes, and told as far as it came", () => {
    const start = text(8n, "POST /slow HTTP/1.1\r\nHost: ");
    expect(told(call(1n), link(8n, 1n), start)).toEqual([]);
    expect(told(call(1n), link(8n, 1n), start, close(1n))).toEqual(["/slow on run-1-1"]);
    const rest = text(8n, "a\r\n\r\n", false, 27);
    expect(told(call(1n), link(8n, 1n), start, rest, close(1n))).toEqual(["/slow on run-1-1"]);
  });

  it("goes to the only call to its server, where the session's was not seen", () => {
    const facts = [call(1n), call(2n), hello(1n, "a.example.test"), hello(2n, "b.example.test")];
    const asked = request(8n, "/b", "b.example.test:443");
    expect(told(...facts, asked, close(1n))).toEqual([]);
    expect(told(...facts, asked, close(2n), end(8n))).toEqual(["/b on run-2-1"]);
    expect(told(...facts, asked, end(8n))).toEqual(["/b on run-2-1"]);
    expect(told(...facts, asked, fact("exit", { status: 0 }))).toEqual(["/b on run-2-1"]);
  });

  it("is told as lost rather than with one of several calls", () => {
    const facts = [call(1n), call(2n), hello(1n, "a.example.test"), hello(2n, "a.example.test")];
    expect(told(...facts, request(8n, "/a"), end(8n))).toEqual([`lost 1: ${unknownCall}`]);
    const rivals = [call(1n), hello(1n, "a.example.test"), request(8n, "/a"), request(9n, "/b")];
    expect(told(...rivals, end(8n), end(9n))).toEqual([`lost 1: ${unknownCall}`, "/b on run-1-1"]);
  });

  it("is told with its answer after it, whenever its call is known", () => {
    const data = Buffer.from("HTTP/1.1 404 Not Found\r\n");
    const direction = { begins: false, isHttp2: false, isInbound: true };
    const answer = fact("tls-text", { session: 8n, ...direction, sequence: 0, data });
    const asked = request(8n, "/a");
    for (const facts of [
      [call(1n), link(8n, 1n), asked, answer],
      [call(1n), asked, answer, link(8n, 1n)],
      [call(1n), hello(1n, "a.example.test"), asked, answer, close(1n)],
    ]) {
      const said = translateAll(facts).filter(({ type }) => type.startsWith("http."));
      expect(said).toMatchObject([
        { type: "http.request", http: { request: { id: "1" } } },
        { type: "http.response", http: { request: { id: "1" }, response: { status_code: 404 } } },
      ]);
    }
  });

  it("of another process is not mixed up with one that has the same pointer", () => {
    const theirs = { ...request(8n, "/theirs"), process: actor(9) };
    expect(told(call(1n), link(8n, 1n), theirs)).toEqual([]);
  });

  it("does not take up memory without end while its call is unknown", () => {
    const asked = Array.from({ length: 100 }, (_, number) => request(8n, `/${number}`));
    const events = told(...asked, end(8n));
    const counts = events.map((event) => Number(/^lost (\d+)/.exec(event)?.[1]));
    expect(counts.reduce((sum, count) => sum + count)).toBe(100);
  });
});
