import { describe, expect, it } from "vitest";
import { callFacts } from "../../src/monitor/call-facts.js";
import type { Call } from "../../src/run/call.js";
import { runSession } from "../../src/run/run-session.js";
import { close, connect, exec, request } from "../events/make-events.js";

function callsOf(...events: Parameters<ReturnType<typeof runSession>["apply"]>[0][]): Call[] {
  const session = runSession("run");
  for (const event of events) session.apply(event, 0);
  return session.takeSettled(Number.POSITIVE_INFINITY);
}

const texts = (facts: ReturnType<ReturnType<typeof callFacts>["of"]>) =>
  facts.map((fact) => {
    const path = "request" in fact ? ` ${fact.request?.path}` : "";
    return `${fact.call.id} ${fact.kind}${path}`;
  });

const twoCalls = () => [
  exec(7, ["curl"]),
  connect(7, "192.0.2.1", 443, "a"),
  connect(7, "192.0.2.2", 443, "b"),
  request("b", "GET", "b.example", "/1"),
  request("a", "GET", "a.example", "/2"),
  request("b", "GET", "b.example", "/3"),
  close("a"),
  close("b"),
];

describe("what is known of calls", () => {
  it("comes in the order it happened, each call's first request with the call", () => {
    const expected = ["b made /1", "a made /2", "b request /3", "a end", "b end"];
    const [program, ...events] = twoCalls();
    if (program === undefined) throw new Error("no program");
    expect(texts(callFacts().of(callsOf(program, ...events)))).toEqual(expected);
    const reordered = events.filter((_, at) => at % 2 === 0 || at < 2);
    const rest = events.filter((event) => !reordered.includes(event));
    expect(texts(callFacts().of(callsOf(program, ...reordered, ...rest).reverse()))).toEqual(
      expected,
    );
  });

  it("comes again until it was looked at, and then never", () => {
    const facts = callFacts();
    const calls = callsOf(...twoCalls());
    const [first] = facts.of(calls);
    expect(facts.of(calls)).toHaveLength(5);
    if (first) facts.done(first);
    expect(texts(facts.of(calls))).toEqual(["a made /2", "b request /3", "a end", "b end"]);
    for (const fact of facts.of(calls)) facts.done(fact);
    expect(facts.of(calls)).toEqual([]);
  });

  it("of a packet begins with the packet, whatever is asked on it", () => {
    const calls = callsOf(
      exec(7, ["curl"]),
      connect(7, "192.0.2.1", 443, "q", "udp"),
      request("q", "GET", "a.example", "/1"),
    );
    expect(texts(callFacts().of(calls))).toEqual(["q made", "q request /1"]);
  });
});
