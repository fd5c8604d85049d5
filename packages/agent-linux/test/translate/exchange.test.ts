import { describe, expect, it } from "vitest";
import type { CallFact } from "../../src/decode/fact.js";
import { eventMaker } from "../../src/translate/event-maker.js";
import { exchange } from "../../src/translate/exchange.js";
import { openCalls } from "../../src/translate/open-calls.js";
import { actor } from "./facts.js";

const at = { time: 5, process: actor(7) };
const callFact: CallFact = {
  type: "call",
  ...at,
  connection: { cookie: 1n, generation: 1 },
  ...{ protocol: 6, address: "192.0.2.1", port: 443, sourcePort: 0, network: 1, cgroup: 1n },
};
const get = { method: "GET", target: "/" };

/** Asks (`?`, `?3` on stream 3) and answers (`!`, `!3`), and tells which request each answer was found to be for. */
function answered(...turns: string[]): (string | undefined)[] {
  const call = openCalls().add(callFact, "c");
  const { request, response } = exchange(eventMaker("run", { monotonic: 0, boot: 0 }));
  return turns.flatMap((turn) => {
    const stream = turn.length > 1 ? { stream: Number(turn.slice(1)) } : {};
    if (turn.startsWith("?")) {
      request(call, at, { ...get, ...stream });
      return [];
    }
    const [event] = response(call, at, { status: 200, ...stream });
    return [event?.type === "http.response" ? event.http.request.id : undefined];
  });
}

describe("an answer", () => {
  it("goes to the request before it", () => {
    expect(answered("?", "!", "?", "!")).toEqual(["1", "2"]);
  });

  it("goes to the request on its stream, in whatever order", () => {
    expect(answered("?1", "?3", "!3", "?5", "!1", "!5")).toEqual(["2", "1", "3"]);
  });

  it("to nothing that was asked is left out, as is a second one", () => {
    expect(answered("!", "?", "!", "!", "?1", "!3", "!1", "!1")).toEqual([
      ...[undefined, "1", undefined],
      ...[undefined, "2", undefined],
    ]);
  });

  it("is left out where requests were sent without waiting, since answers may be missed there", () => {
    expect(answered("?", "?", "!", "!", "?", "!")).toEqual([undefined, undefined, undefined]);
  });
});
