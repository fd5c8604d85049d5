import { describe, expect, it } from "vitest";
import { tcpStream } from "../../src/parse/tcp-stream.js";

const bytes = (text: string) => Buffer.from(text);

describe("a TCP stream", () => {
  it("puts pieces in order and leaves out what comes twice", () => {
    const stream = tcpStream(100);
    stream.add(10, bytes("abc"));
    stream.add(16, bytes("ghi"));
    stream.add(11, bytes("bcde"));
    expect(stream.bytes.toString()).toBe("abcde");
    stream.add(15, bytes("f"));
    expect(stream.bytes.toString()).toBe("abcdefghi");
  });

  it("goes on past the end of sequence numbers", () => {
    const stream = tcpStream(100);
    stream.add(0xffff_fffe, bytes("abc"));
    stream.add(1, bytes("def"));
    expect(stream.bytes.toString()).toBe("abcdef");
  });

  it("goes on after some of it was taken", () => {
    const stream = tcpStream(100);
    stream.add(0, bytes("abc"));
    stream.take(2);
    stream.add(3, bytes("d"));
    expect(stream.bytes.toString()).toBe("cd");
  });

  it("says so when pieces are missing for good", () => {
    const stream = tcpStream(1_000);
    const kept = Array.from({ length: 30 }, (_, index) => stream.add(index * 10, bytes("a")));
    expect(kept[0]).toBe(true);
    expect(kept).toContain(false);
  });

  it("holds no more than its limit", () => {
    const stream = tcpStream(10);
    expect(stream.add(0, bytes("0123456789"))).toBe(true);
    expect(stream.add(10, bytes("x"))).toBe(false);
  });
});
