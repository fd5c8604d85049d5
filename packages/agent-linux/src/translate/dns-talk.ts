import { addressClass, type CaptureEvent, type EventOf } from "@straycall/core";
import type { Fact, LookupFact, PayloadFact } from "../decode/fact.js";
import {
  type DnsQuery,
  type DnsResponse,
  parseDnsQuery,
  parseDnsResponse,
} from "../parse/dns-message.js";
import { tcpStream } from "../parse/tcp-stream.js";
import type { MachineNames } from "../resolver/machine-names.js";
import { answerEvent, lookupEvent, questionEvent, takeMessages } from "./dns-events.js";
import { type EventMaker, entityId } from "./event-maker.js";
import type { OpenCall } from "./open-calls.js";
import { questionCounter } from "./question-counter.js";
import { recentMap } from "./recent-map.js";
import { toldAnswers } from "./told-answers.js";

/** What processes ask resolvers, what they are answered, and whether the one fits the other. */
export interface DnsTalk {
  /** @param call the one it was said on; undefined if that is not known */
  hear(call: OpenCall | undefined, fact: PayloadFact): CaptureEvent[];
  lookup(fact: LookupFact): EventOf<"dns.answer"> | undefined;
  endProcess(at: Fact): CaptureEvent[];
  /** What was counted and not told yet. */
  end(): CaptureEvent[];
}

const tcp = 6;
/** Questions that wait for their answer, of all processes. */
const maxWaiting = 16_384;
/** A DNS message over TCP is 64 KB at most; two may be on their way. */
const maxStreamBytes = 131_072;

export function dnsTalk(maker: EventMaker, machine: MachineNames): DnsTalk {
  const told = toldAnswers();
  const counter = questionCounter(maker);
  const waiting = recentMap<string, true>(maxWaiting);
  const local = new Set(machine.localAddresses);
  const hosts = new Set(machine.hosts);

  const keyOf = (call: OpenCall, { id, question }: DnsQuery | DnsResponse) =>
    `${call.id} ${id} ${question.type} ${question.name}`;

  const ask = (call: OpenCall, fact: PayloadFact, query: DnsQuery): CaptureEvent[] => {
    waiting.set(keyOf(call, query), true);
    const isNews = counter.count(call, fact, query.question);
    return [...counter.due(fact), ...(isNews ? [questionEvent(maker, call, fact, query)] : [])];
  };

  /** A packet that claims to be from elsewhere and was made on this machine was not made by who it says. */
  const isForged = (call: OpenCall, { isLoopback }: PayloadFact) =>
    isLoopback && addressClass(call.address) !== "loopback" && !local.has(call.address);

  const answer = (call: OpenCall | undefined, fact: PayloadFact, response: DnsResponse) => {
    const key = call && keyOf(call, response);
    const wasAsked = key !== undefined && waiting.get(key) === true;
    const isMatch = wasAsked && !fact.isStranger && !isForged(call as OpenCall, fact);
    if (isMatch) waiting.delete(key);
    const server = fact.isStranger ? undefined : call;
    const event = answerEvent(maker, fact, { ...response, server, isMatch });
    told.remember(event);
    return event;
  };

  const hearStream = (call: OpenCall, fact: PayloadFact): CaptureEvent[] => {
    const side = fact.isInbound ? "answers" : "questions";
    call[side] ??= tcpStream(maxStreamBytes);
    const inOrder = call[side].add(fact.sequence, fact.data);
    const events = takeMessages(call[side]).flatMap((message) => hearMessage(call, fact, message));
    if (inOrder) return events;
    const reason = `${side} of DNS over TCP that did not arrive in order`;
    return [...events, maker.make("capture.lost", fact, { lost: { count: 1, reason } })];
  };

  const hearMessage = (call: OpenCall | undefined, fact: PayloadFact, message: Buffer) => {
    if (fact.isInbound) {
      const response = parseDnsResponse(message);
      return response === undefined ? [] : [answer(call, fact, response)];
    }
    const query = parseDnsQuery(message);
    return query === undefined || call === undefined ? [] : ask(call, fact, query);
  };

  return {
    hear(call, fact) {
      if (fact.protocol !== tcp) return hearMessage(call, fact, fact.data);
      return call === undefined ? [] : hearStream(call, fact);
    },
    lookup(fact) {
      const { pid, start } = fact.process;
      const addresses = told.untold(entityId(pid, start), fact.name, fact.addresses);
      const name = fact.name.toLowerCase().replace(/\.$/, "");
      const isInHosts = addresses.every((address) => hosts.has(`${address} ${name}`));
      const service = machine.asksService ? "resolver-service" : "library";
      return lookupEvent(maker, { ...fact, addresses }, isInHosts ? "hosts-file" : service);
    },
    endProcess: counter.endProcess,
    end: counter.end,
  };
}
