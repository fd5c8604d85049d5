import { parseEvents } from "@straycall/core";
import { describe, expect, it } from "vitest";
import type { AnyFact } from "../../src/decode/fact.js";
import { actor, exec, fact, tcp, translateAll } from "./facts.js";

const destination = {
  address: "192.0.2.1",
  port: 443,
  protocol: tcp,
  sourcePort: 0,
  network: 1,
  cgroup: 9n,
};

function called(generation: number): AnyFact {
  return fact("call", { ...destination, connection: { cookie: 77n, generation } });
}

function blocked(generation: number, fields: { question?: string; time?: number } = {}): AnyFact {
  return fact("blocked", { ...destination, connection: { cookie: 77n, generation }, ...fields });
}

describe("what the policy denied", () => {
  it("is the result of the call that was told, once, whatever connect(2) says after it", () => {
    const [, ...events] = translateAll([
      called(1),
      blocked(1),
      fact("result", { connection: { cookie: 77n, generation: 0 }, error: 1 }),
      blocked(1),
    ]);
    expect(events).toMatchObject([
      {
        type: "network.result",
        connection: { id: "run-77-1" },
        result: "blocked",
        error: { code: "EPERM" },
      },
    ]);
  });

  it("ends a connection that was established before the policy was there", () => {
    const events = translateAll([
      called(1),
      fact("result", { connection: { cookie: 77n, generation: 1 }, error: 0 }),
      blocked(1),
    ]);
    expect(events.at(-1)).toMatchObject({ type: "network.result", result: "blocked" });
  });

  it("is a call of its own, with its process, where the kernel side saw none begin", () => {
    const events = translateAll([blocked(0)], { 7: exec(actor(7)) });
    expect(parseEvents(events).rejected).toEqual([]);
    expect(events).toMatchObject([
      { type: "process.exec" },
      { type: "network.connect", destination: { ip: "192.0.2.1", port: 443 } },
      { type: "network.result", result: "blocked" },
    ]);
  });

  it("of a question to a resolver is a call of its own each time, with the name", () => {
    const events = translateAll([
      called(1),
      blocked(1, { question: "a.evil.example", time: 6 }),
      blocked(1, { question: "b.evil.example", time: 7 }),
    ]);
    const calls = events.filter((event) => event.type === "network.connect");
    expect(calls.map((call) => call.destination.domain)).toEqual([
      undefined,
      "a.evil.example",
      "b.evil.example",
    ]);
    expect(new Set(calls.map(({ connection }) => connection.id)).size).toBe(3);
  });
});
