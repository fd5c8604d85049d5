import { isIP } from "node:net";
import type { EventOf } from "@straycall/core";
import type { Fact, LookupFact } from "../decode/fact.js";
import { type DnsResponse, parseDnsResponse } from "../parse/dns-message.js";
import type { TcpStream } from "../parse/tcp-stream.js";
import type { EventMaker } from "./event-maker.js";

/** A resolver's answer that reached a process. */
export function answerEvent(
  maker: EventMaker,
  at: Fact,
  { question, answers, responseCode }: DnsResponse,
): EventOf<"dns.answer"> {
  return maker.make("dns.answer", at, {
    process: maker.processRef(at.process),
    dns: { question, answers, response_code: responseCode },
  });
}

/** Takes the whole messages out of a stream; each has its length before it (RFC 1035, 4.2.2). */
export function takeResponses(stream: TcpStream): DnsResponse[] {
  const responses: DnsResponse[] = [];
  while (stream.bytes.length >= 2) {
    const end = 2 + stream.bytes.readUInt16BE(0);
    if (stream.bytes.length < end) break;
    const response = parseDnsResponse(stream.bytes.subarray(2, end));
    if (response !== undefined) responses.push(response);
    stream.take(end);
  }
  return responses;
}

/** What getaddrinfo(3) answered; an address that was given as text is no name. */
export function lookupEvent(
  maker: EventMaker,
  fact: LookupFact,
): EventOf<"dns.answer"> | undefined {
  const { name, addresses } = fact;
  const isAddress = isIP(name.replace(/%.*$/, "")) !== 0;
  if (name === "" || isAddress || addresses.length === 0) return undefined;
  return maker.make("dns.answer", fact, {
    process: maker.processRef(fact.process),
    dns: {
      question: { name },
      answers: addresses.map((data) => ({ name, type: isIP(data) === 6 ? "AAAA" : "A", data })),
    },
  });
}
