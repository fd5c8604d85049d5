import { describe, expect, it } from "vitest";
import type { PayloadFact } from "../../src/decode/fact.js";
import { eventMaker } from "../../src/translate/event-maker.js";
import type { OpenCall } from "../../src/translate/open-calls.js";
import { quicGreetings } from "../../src/translate/quic-greetings.js";
import { quicVectors } from "../parse/quic-vectors.js";
import { cryptoPayload, sealInitial } from "../parse/seal-initial.js";
import { fact, saidInClear, udp } from "./facts.js";

const hello = Buffer.from(quicVectors.cryptoFrame, "hex").subarray(4);
const half = hello.length >> 1;
const pieces = [hello.subarray(0, half), hello.subarray(half)] as const;
const datagrams = pieces.map((data, packetNumber) =>
  sealInitial({ payload: cryptoPayload({ offset: packetNumber * half, data }), packetNumber }),
);
const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = datagrams;

const maker = () => eventMaker("run", { monotonic: 0, boot: 0 });
const call = (id: string): OpenCall => ({
  id,
  generation: 1,
  address: "192.0.2.1",
  port: 443,
  protocol: udp,
  network: 1,
  outcome: "pending",
  requests: 0,
  asked: new Set(),
});
const said = (data: Buffer) =>
  fact("payload", {
    connection: { cookie: 1n, generation: 1 },
    protocol: udp,
    isInbound: false,
    begins: false,
    ...saidInClear,
    sequence: 0,
    data,
  }) as PayloadFact;

describe("what QUIC clients say first", () => {
  it("is told of each call once it is whole", () => {
    const greetings = quicGreetings(maker(), 2);
    const [one, other] = [call("one"), call("other")];
    expect(greetings.hear(one, said(first))).toEqual([]);
    expect(greetings.hear(other, said(first))).toEqual([]);
    for (const each of [one, other]) {
      expect(greetings.hear(each, said(second))).toMatchObject([
        { type: "tls.hello", connection: { id: each.id } },
      ]);
    }
  });

  it("is held of so many calls only: the oldest is given up, and told as lost", () => {
    const greetings = quicGreetings(maker(), 2);
    const calls = [call("1"), call("2"), call("3")] as const;
    const lost = calls.flatMap((each) => greetings.hear(each, said(first)));
    expect(lost).toMatchObject([{ type: "capture.lost", lost: { count: 1 } }]);
    expect(greetings.hear(calls[0], said(second))).toEqual([]);
    expect(greetings.hear(calls[2], said(second))).toMatchObject([{ type: "tls.hello" }]);
  });

  it("does not count what is no hello, nor calls that are over", () => {
    const greetings = quicGreetings(maker(), 1);
    const over = call("over");
    greetings.hear(over, said(first));
    greetings.end(over);
    expect(greetings.hear(call("game"), said(Buffer.from("no QUIC")))).toEqual([]);
    expect(greetings.hear(call("next"), said(first))).toEqual([]);
  });
});
