import type { CaptureEvent } from "@straycall/core";
import type { PayloadFact } from "../decode/fact.js";
import type { EventMaker } from "./event-maker.js";
import type { OpenCall } from "./open-calls.js";
import { type QuicGreeting, quicGreeting } from "./quic-greeting.js";
import { helloEvent } from "./said-event.js";

/** What QUIC clients say first, on all calls. */
export interface QuicGreetings {
  hear(call: OpenCall, fact: PayloadFact): CaptureEvent[];
  /** The call is over. */
  end(call: OpenCall): void;
}

/** An unfinished hello may hold 96 KB. */
const maxUnfinished = 256;

/** @param limit of hellos that are unfinished at the same time: one more, and the oldest is given up and told as lost */
export function quicGreetings(maker: EventMaker, limit = maxUnfinished): QuicGreetings {
  const unfinished = new Map<OpenCall, QuicGreeting>();

  const giveUpOldest = (fact: PayloadFact): CaptureEvent[] => {
    const [oldest] = unfinished;
    if (unfinished.size <= limit || oldest === undefined) return [];
    const [call, greeting] = oldest;
    greeting.giveUp();
    unfinished.delete(call);
    const lost = { count: 1, reason: "too many unfinished QUIC hellos at the same time" };
    return [maker.make("capture.lost", fact, { lost })];
  };

  return {
    hear(call, fact) {
      call.quic ??= quicGreeting();
      const hello = call.quic.hear(fact.data);
      if (call.quic.isUnfinished) unfinished.set(call, call.quic);
      else unfinished.delete(call);
      const said = hello === undefined ? [] : [helloEvent(maker, call, fact, hello)];
      return [...said, ...giveUpOldest(fact)];
    },
    end: (call) => void unfinished.delete(call),
  };
}
