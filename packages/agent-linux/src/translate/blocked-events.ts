import type { CaptureEvent, EventOf } from "@straycall/core";
import type { BlockedFact } from "../decode/fact.js";
import type { KernelNumber } from "../decode/kernel-number.js";
import { connectEvent } from "./call-events.js";
import type { EventMaker } from "./event-maker.js";
import type { OpenCalls } from "./open-calls.js";

/**
 * Tells that a call was denied: of the call that was told before or, where the kernel side saw none, of one told now.
 * A question to a resolver is a call of its own, with the name that it was for.
 */
export function blockedEvents(
  maker: EventMaker,
  calls: OpenCalls,
  fact: BlockedFact,
  cgroupName: (cgroup: KernelNumber) => string,
): CaptureEvent[] {
  const told = fact.question === undefined ? calls.find(fact.connection) : undefined;
  if (told !== undefined) {
    if (told.outcome === "failed") return [];
    told.outcome = "failed";
    return [blockedResult(maker, told.id, fact)];
  }
  const id = `${maker.prefix}-${fact.connection.cookie}-blocked-${fact.time}`;
  const connect = connectEvent(maker, { id }, fact, cgroupName);
  const { question } = fact;
  const named =
    question === undefined
      ? connect
      : { ...connect, destination: { ...connect.destination, domain: question } };
  return [named, blockedResult(maker, id, fact)];
}

function blockedResult(maker: EventMaker, id: string, at: BlockedFact): EventOf<"network.result"> {
  const error = { code: "EPERM" };
  return maker.make("network.result", at, { connection: { id }, result: "blocked", error });
}
