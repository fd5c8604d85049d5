import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { decodeRecord } from "../../src/decode/decode-record.js";

/** A record as the kernel side writes it: the header of bpf/record.h, and what follows. */
function record(type: number, flags: number, rest: Buffer): Buffer {
  const header = Buffer.alloc(48);
  header.writeUInt16LE(type, 0);
  header.writeUInt16LE(flags, 2);
  header.writeUInt32LE(48 + rest.length, 4);
  header.writeBigUInt64LE(1_500_000n, 8);
  header.writeUInt32LE(42, 16);
  header.writeUInt32LE(43, 20);
  header.writeBigUInt64LE(123_456_789_000n, 24);
  header.writeBigUInt64LE(10_000_000n, 32);
  header.writeUInt32LE(41, 40);
  header.writeUInt32LE(1000, 44);
  return Buffer.concat([header, rest]);
}

function execRest(parts: { executable: string; directory: string; args: string; env: string }) {
  const texts = [parts.executable, parts.directory, parts.args, parts.env].map((each) =>
    Buffer.from(each),
  );
  const lengths = Buffer.alloc(24);
  for (const [index, text] of texts.entries()) lengths.writeUInt32LE(text.length, 8 + index * 4);
  return Buffer.concat([lengths, ...texts]);
}

const types = {
  cgroup: 9,
  exec: 1,
  fork: 2,
  exit: 3,
  call: 4,
  result: 5,
  close: 6,
  payload: 7,
  lookup: 8,
  blocked: 15,
};

describe("records of the kernel side", () => {
  it("say who and when", () => {
    expect(decodeRecord(record(types.fork, 0, Buffer.alloc(0)))).toEqual({
      type: "fork",
      time: 1.5,
      process: { pid: 42, thread: 43, start: 12_345, parentPid: 41, parentStart: 1, userId: 1000 },
    });
  });

  it("give a path from its names, the last one first", () => {
    const rest = execRest({
      executable: "node\0bin\0usr\0",
      directory: "",
      args: "node\0-e\0\0",
      env: "GITHUB_ACTION=a=b\0",
    });
    expect(decodeRecord(record(types.exec, 0, rest))).toMatchObject({
      executable: "/usr/bin/node",
      directory: "/",
      args: ["node", "-e", ""],
      argsCut: false,
      environment: new Map([["GITHUB_ACTION", "a=b"]]),
      environmentCut: false,
    });
  });

  it("tell what a denied question asked for, and never more than the record holds", () => {
    const rest = Buffer.alloc(56 + 256);
    rest.writeUInt16LE(2, 16);
    rest.writeUInt16LE(53, 20);
    rest.set([127, 0, 0, 53], 24);
    rest.set(Buffer.from("\x03API\x07example\0"), 56);
    rest.writeUInt32LE(13, 52);
    const asked = { type: "blocked", address: "127.0.0.53", port: 53 };
    expect(decodeRecord(record(types.blocked, 0, rest))).toMatchObject({
      ...asked,
      question: "api.example",
    });
    rest.writeUInt32LE(257, 52);
    expect(decodeRecord(record(types.blocked, 0, rest))).toBeUndefined();
    const unasked = rest.subarray(0, 56);
    unasked.writeUInt32LE(0, 52);
    expect(decodeRecord(record(types.blocked, 0, unasked))).toMatchObject(asked);
  });

  it("show where a path or the arguments were cut", () => {
    const rest = execRest({
      executable: "node\0deep\0",
      directory: "",
      args: "node\0--ab",
      env: "",
    });
    expect(decodeRecord(record(types.exec, 1 | 4, rest))).toMatchObject({
      executable: "…/deep/node",
      args: ["node", "--ab"],
      argsCut: true,
    });
  });

  it("name a new cgroup by its path", () => {
    const rest = Buffer.alloc(1040);
    rest.writeBigUInt64LE(4711n, 0);
    rest.writeUInt32LE(6, 8);
    rest.write("/run/1 and what was there before", 16);
    expect(decodeRecord(record(types.cgroup, 0, rest))).toMatchObject({
      cgroup: 4711,
      path: "/run/1",
    });
    rest.writeUInt32LE(1025, 8);
    expect(decodeRecord(record(types.cgroup, 0, rest))).toBeUndefined();
  });

  it("give an IPv4 address that travels as IPv6 as what it is", () => {
    const rest = Buffer.alloc(56);
    rest.writeUInt16LE(10, 16);
    rest.writeUInt16LE(6, 18);
    rest.writeUInt16LE(443, 20);
    Buffer.from("00000000000000000000ffffc0000201", "hex").copy(rest, 24);
    expect(decodeRecord(record(types.call, 0, rest))).toMatchObject({
      address: "192.0.2.1",
      port: 443,
      protocol: 6,
    });
  });

  it("keep their bytes though the ring's memory is written over", () => {
    const rest = Buffer.concat([Buffer.alloc(24), Buffer.from("hello")]);
    rest.writeUInt16LE(5, 20);
    const bytes = record(types.payload, 2, rest);
    const fact = decodeRecord(bytes);
    bytes.fill(0);
    expect(fact).toMatchObject({ begins: true, isInbound: false, data: Buffer.from("hello") });
  });

  it("are refused when they are shorter than their type, or than they say", () => {
    const whole: Record<string, Buffer> = {
      exec: execRest({ executable: "a\0", directory: "b\0", args: "c\0", env: "d=e\0" }),
      exit: Buffer.alloc(8),
      cgroup: Buffer.alloc(1040),
      call: Buffer.alloc(56),
      close: Buffer.alloc(40),
      result: Buffer.alloc(40),
      payload: Buffer.alloc(24),
      lookup: Buffer.alloc(584),
    };
    whole.call?.writeUInt16LE(2, 16);
    for (const [name, rest] of Object.entries(whole)) {
      const type = types[name as keyof typeof types];
      expect(decodeRecord(record(type, 0, rest))?.type).toBe(name);
      expect(decodeRecord(record(type, 0, rest.subarray(0, -1)))).toBeUndefined();
    }
    expect(decodeRecord(Buffer.alloc(47))).toBeUndefined();
    expect(decodeRecord(record(99, 0, Buffer.alloc(1_000)))).toBeUndefined();
  });

  it("may be anything at all", () => {
    let decoded = 0;
    for (let round = 0; round < 10_000; round++) {
      const noise = randomBytes(round % 700);
      if (noise.length >= 2) noise.writeUInt16LE(round % 10, 0);
      if (decodeRecord(noise)) decoded += 1;
    }
    expect(decoded).toBeGreaterThan(0);
  });
});
