import { type EventOf, parseEvents } from "@straycall/core";
import { encode, type Packet } from "dns-packet";
import { describe, expect, it } from "vitest";
import type { AnyFact } from "../../src/decode/fact.js";
import { actor, fact, saidInClear, tcp, translateAll, udp } from "./facts.js";

type Side = Partial<Extract<AnyFact, { type: "payload" }>>;

const connection = { cookie: 77n, generation: 1 };
const from = { network: 4_711, cgroup: 1n, sourcePort: 999 };
const question = { type: "A", name: "a.example" } as const;

function resolverCall(protocol = udp, address = "192.0.2.53"): AnyFact {
  return fact("call", { connection, protocol, address, port: 53, ...from });
}

function said(data: Buffer, fields: Side = {}): AnyFact {
  const about = { connection, protocol: udp, isInbound: false, begins: false, sequence: 0 };
  return fact("payload", { ...about, ...saidInClear, isDns: true, data, ...fields });
}

const query = (fields: Partial<Packet> = {}) =>
  encode({ type: "query", id: 1, questions: [question], ...fields });
const response = (fields: Partial<Packet> = {}) =>
  encode({
    type: "response",
    id: 1,
    questions: [question],
    answers: [{ ...question, ttl: 1, data: "192.0.2.1" }],
    ...fields,
  });
const asked = (data = query(), fields: Side = {}) => said(data, fields);
const answered = (data = response(), fields: Side = {}) =>
  said(data, { isInbound: true, ...fields });

const overTcp = (message: Buffer) =>
  Buffer.concat([Buffer.from([message.length >> 8, message.length & 255]), message]);

const typesOf = (facts: readonly AnyFact[]) => translateAll(facts).map(({ type }) => type);
const answersIn = (facts: readonly AnyFact[]) =>
  translateAll(facts).filter(
    (event): event is EventOf<"dns.answer"> => event.type === "dns.answer",
  );
const matchesIn = (...facts: AnyFact[]) => answersIn(facts).map(({ dns }) => dns.matched);

describe("what a resolver is asked and answers", () => {
  it("is told with the process, the call and the resolver", () => {
    const events = translateAll([resolverCall(), asked(), answered()]);
    expect(parseEvents(events).rejected).toEqual([]);
    expect(events.slice(1)).toMatchObject([
      {
        type: "dns.question",
        process: { pid: 7 },
        connection: { id: "run-77-1" },
        server: { ip: "192.0.2.53", port: 53 },
        network: { transport: "udp", namespace: "4711" },
        dns: { question: { name: "a.example", type: "A" } },
      },
      {
        type: "dns.answer",
        process: { pid: 7 },
        server: { ip: "192.0.2.53", port: 53 },
        dns: { question: { name: "a.example" }, seen: "wire", matched: true },
      },
    ]);
  });

  it("is read over TCP, two in one piece or one in many", () => {
    const both = Buffer.concat([query(), query({ id: 2 })].map(overTcp));
    const inPieces = (message: Buffer, isInbound: boolean) =>
      Array.from(message, (byte, index) =>
        said(Buffer.from([byte]), { protocol: tcp, isInbound, sequence: index }),
      );
    const answer = overTcp(response({ id: 2 }));
    const whole = [asked(both, { protocol: tcp }), answered(answer, { protocol: tcp })];
    expect(matchesIn(resolverCall(tcp), ...whole)).toEqual([true]);
    const pieces = [...inPieces(both, false), ...inPieces(answer, true)];
    expect(matchesIn(resolverCall(tcp), ...pieces)).toEqual([true]);
  });

  it("is counted as lost where the pieces of TCP never come together", () => {
    const gaps = Array.from({ length: 20 }, (_, index) =>
      answered(overTcp(response()).subarray(0, 5), { protocol: tcp, sequence: index * 9 }),
    );
    expect(typesOf([resolverCall(tcp), ...gaps])).toContain("capture.lost");
  });
});

describe("an answer fits the question", () => {
  it("of the same number, name and type, once", () => {
    expect(matchesIn(resolverCall(), asked(), answered(), answered())).toEqual([true, false]);
  });

  it.each([
    ["has another number", answered(response({ id: 2 }))],
    [
      "is about another name",
      answered(response({ questions: [{ ...question, name: "b.example" }] })),
    ],
    ["is about another type", answered(response({ questions: [{ ...question, type: "AAAA" }] }))],
    ["comes from where nothing was sent to", answered(response(), { isStranger: true })],
    [
      "was made on this machine, and says it is from elsewhere",
      answered(response(), { isLoopback: true }),
    ],
  ])("and not if it %s", (_, forged) => {
    expect(matchesIn(resolverCall(), asked(), forged)).toEqual([false]);
  });

  it("and not if nothing was asked", () => {
    expect(matchesIn(resolverCall(), answered())).toEqual([false]);
    expect(matchesIn(answered())).toEqual([false]);
  });

  it("though its letters are not as large", () => {
    const mixed = query({ questions: [{ type: "A", name: "A.eXample" }] });
    expect(matchesIn(resolverCall(), asked(mixed), answered())).toEqual([true]);
  });

  it("and may come over loopback from this machine's own addresses", () => {
    for (const address of ["127.0.0.53", "::1", "198.51.100.7"]) {
      const facts = [
        resolverCall(udp, address),
        asked(),
        answered(response(), { isLoopback: true }),
      ];
      expect(matchesIn(...facts)).toEqual([true]);
    }
  });
});

describe("questions", () => {
  const ask = (name: string, fields: Side = {}) =>
    asked(query({ questions: [{ type: "TXT", name }] }), fields);
  const many = (count: number, fields: (index: number) => Side = () => ({})) =>
    Array.from({ length: count }, (_, index) =>
      ask(`${index}.${"x".repeat(40)}.evil.example`, fields(index)),
    );
  const sumsIn = (facts: readonly AnyFact[]) =>
    translateAll(facts).filter((event) => event.type === "dns.questions");
  const told = (facts: readonly AnyFact[]) =>
    typesOf(facts).filter((type) => type === "dns.question").length;

  it("are told once for each call", () => {
    expect(told([resolverCall(), ask("a.example"), ask("a.example")])).toBe(1);
    const next = { cookie: 78n, generation: 1 };
    const about = { connection: next, protocol: udp, address: "192.0.2.53", port: 53 };
    const again = fact("call", { ...about, ...from });
    const facts = [resolverCall(), ask("a.example"), again, ask("a.example", { connection: next })];
    expect(told(facts)).toBe(2);
  });

  it("about many names of one domain are counted, not told", () => {
    const facts = [resolverCall(), ...many(1_000), fact("exit", { status: 0 })];
    expect(told(facts)).toBe(16);
    const [sum, ...others] = sumsIn(facts);
    expect(others).toEqual([]);
    expect(sum).toMatchObject({
      process: { pid: 7 },
      connection: { id: "run-77-1" },
      server: { ip: "192.0.2.53" },
      dns: { question: { registered_domain: "evil.example" } },
      questions: { count: 984, longest_label: 40 },
    });
    expect(sum?.questions.name_bytes).toBeGreaterThan(984 * 55);
  });

  it("that were counted are told every second, when the process ends, and when the capture does", () => {
    const everySecond = (index: number) => ({ time: 5 + index * 100 });
    const sums = sumsIn([resolverCall(), ...many(100, everySecond)]);
    const counts = sums.map(({ questions }) => questions.count);
    expect(counts.length).toBeGreaterThan(5);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(100 - 16);
  });

  it("about many domains are counted together", () => {
    const names = Array.from({ length: 200 }, (_, index) => ask(`www.${index}.example`));
    const facts = [resolverCall(), ...names];
    expect(told(facts)).toBeLessThanOrEqual(64);
    expect(sumsIn(facts).map(({ dns }) => dns.question)).toContainEqual({});
    const counted = sumsIn(facts).reduce((sum, { questions }) => sum + questions.count, 0);
    expect(told(facts) + counted).toBe(200);
  });

  it("of more processes than are remembered are told all the same", () => {
    const facts = Array.from({ length: 5_000 }, (_, pid) =>
      [1, 2].map(() => ask("a.example", { process: actor(pid + 10) })),
    );
    const counted = sumsIn([resolverCall(), ...facts.flat()]);
    const sum = counted.reduce((total, { questions }) => total + questions.count, 0);
    expect(sum + told([resolverCall(), ...facts.flat()])).toBe(10_000);
  });
});

describe("what getaddrinfo() answered", () => {
  const lookup = (name: string, addresses: string[]) => fact("lookup", { name, addresses });

  it("is not told again after the wire did, but for what is new", () => {
    const before = [resolverCall(), asked(), answered()];
    expect(answersIn([...before, lookup("A.example.", ["192.0.2.1"])])).toHaveLength(1);
    const more = answersIn([...before, lookup("a.example", ["192.0.2.1", "192.0.2.2"])]);
    expect(more[1]).toMatchObject({ dns: { answers: [{ data: "192.0.2.2" }], seen: "library" } });
    const other = fact("lookup", {
      process: actor(8),
      name: "a.example",
      addresses: ["192.0.2.1"],
    });
    expect(answersIn([...before, other])).toHaveLength(2);
  });

  it("is told with the hosts file where that says so too", () => {
    expect(answersIn([lookup("IN-hosts", ["127.0.0.1", "::1"])])).toMatchObject([
      {
        dns: {
          question: { name: "IN-hosts" },
          answers: [
            { type: "A", data: "127.0.0.1" },
            { type: "AAAA", data: "::1" },
          ],
          seen: "hosts-file",
        },
      },
    ]);
    expect(answersIn([lookup("in-hosts", ["192.0.2.66"])])[0]?.dns.seen).toBe("library");
  });

  it("is told for names, not for addresses", () => {
    for (const name of ["127.0.0.1", "fe80::1%eth0", ""]) {
      expect(answersIn([lookup(name, ["127.0.0.1"])])).toEqual([]);
    }
  });
});
