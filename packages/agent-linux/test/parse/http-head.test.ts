import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { parseCutHttpHead, parseHttpHead } from "../../src/parse/http-head.js";

const parse = (text: string) => parseHttpHead(Buffer.from(text));

describe("the head of an HTTP request", () => {
  it("gives the method, the target and the host, and no other header", () => {
    const head = parse(
      "POST /upload?to=x HTTP/1.1\r\nAuthorization: secret\r\nHost: Example.com:8080\r\n\r\nbody",
    );
    expect(head).toEqual({
      method: "POST",
      target: "/upload?to=x",
      host: "example.com:8080",
      bodyBytes: 0,
    });
  });

  it("may lack the host", () => {
    expect(parse("GET / HTTP/1.0\r\n\r\n")).toEqual({ method: "GET", target: "/", bodyBytes: 0 });
  });

  it("does not take the host from the body", () => {
    expect(parse("GET / HTTP/1.1\r\n\r\nHost: body.example\r\n")).toEqual({
      method: "GET",
      target: "/",
      bodyBytes: 0,
    });
  });

  it("says how long the body is, unless it is encoded or its end was not seen", () => {
    const bytes = (head: string) => {
      const parsed = parse(head);
      return typeof parsed === "object" ? parsed.bodyBytes : parsed;
    };
    const start = "POST / HTTP/1.1\r\nHost: a.example\r\n";
    expect(bytes(`${start}Content-Length: 120\r\n\r\n`)).toBe(120);
    expect(bytes(`${start}content-length:0\r\n\r\nContent-Length: 5\r\n`)).toBe(0);
    expect(bytes(`${start}\r\n`)).toBe(0);
    expect(bytes(`${start}Transfer-Encoding: chunked\r\n\r\n`)).toBeUndefined();
    expect(bytes(`${start}Content-Length: 120\r\n`)).toBeUndefined();
  });

  it("is known as soon as the host is there", () => {
    expect(parse("GET / HTTP/1.1\r\nHost: a.example\r\nX-Long: ")).toMatchObject({
      host: "a.example",
    });
  });

  it("is incomplete before that", () => {
    const text = "GET /path HTTP/1.1\r\nHost: a.example\r\n";
    for (let length = 1; length < text.length; length++) {
      expect(parse(text.slice(0, length))).toBe("incomplete");
    }
  });

  it("is not what other protocols say", () => {
    expect(parse("SSH-2.0-OpenSSH_9.2\r\n")).toBe("other");
    expect(parse("EHLO mail.example\r\n")).toBe("other");
    expect(parse("GET key\r\n")).toBe("other");
    expect(parse("get / HTTP/1.1\r\n\r\n")).toBe("other");
    expect(parse("\x16\x03\x01")).toBe("other");
  });

  it("survives random bytes and random changes", () => {
    const honest = Buffer.from("DELETE /a HTTP/1.1\r\nHost: a.example\r\n\r\n");
    let understood = 0;
    for (let round = 0; round < 5_000; round++) {
      const changed = Buffer.from(honest);
      changed[round % honest.length] = round & 0xff;
      if (typeof parseHttpHead(changed) === "object") understood += 1;
      if (typeof parseHttpHead(randomBytes(round % 100)) === "object") understood += 1;
    }
    expect(understood).toBeGreaterThan(0);
  });

  it("gives what there is when the rest was not captured", () => {
    expect(parseCutHttpHead(Buffer.from("PUT /very/long"))).toEqual({
      method: "PUT",
      target: "/very/long",
    });
    expect(parseCutHttpHead(Buffer.from("PUT"))).toBeUndefined();
    expect(parseCutHttpHead(Buffer.alloc(0))).toBeUndefined();
  });
});
