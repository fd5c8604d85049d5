import { isIP } from "node:net";
import type { EventOf } from "@straycall/core";
import type { Fact, LookupFact } from "../decode/fact.js";
import type { DnsQuery, DnsResponse } from "../parse/dns-message.js";
import type { TcpStream } from "../parse/tcp-stream.js";
import type { EventMaker } from "./event-maker.js";
import type { OpenCall } from "./open-calls.js";

type Seen = NonNullable<EventOf<"dns.answer">["dns"]["seen"]>;

const tcp = 6;

/** A process asked a resolver. */
export function questionEvent(
  maker: EventMaker,
  call: OpenCall,
  at: Fact,
  { question }: DnsQuery,
): EventOf<"dns.question"> {
  return maker.make("dns.question", at, {
    process: maker.processRef(at.process),
    connection: { id: call.id },
    ...serverOf(call),
    dns: { question },
  });
}

/** A resolver's answer that reached a process. `isMatch`: to its own question, from whom it asked. */
export function answerEvent(
  maker: EventMaker,
  at: Fact,
  {
    question,
    answers,
    additional,
    responseCode,
    server,
    isMatch,
  }: DnsResponse & { server: OpenCall | undefined; isMatch: boolean },
): EventOf<"dns.answer"> {
  return maker.make("dns.answer", at, {
    process: maker.processRef(at.process),
    ...(server === undefined ? {} : serverOf(server)),
    dns: {
      question,
      answers,
      ...(additional.length === 0 ? {} : { additional }),
      response_code: responseCode,
      seen: "wire",
      matched: isMatch,
    },
  });
}

/** Who is asked on a call, and how. */
export function serverOf({
  address,
  port,
  protocol,
  network,
}: OpenCall): Pick<EventOf<"dns.question">, "server" | "network"> {
  return {
    server: { ip: address, port },
    network: {
      transport: protocol === tcp ? "tcp" : "udp",
      ...(network === 0 ? {} : { namespace: String(network) }),
    },
  };
}

/** Takes the whole messages out of a stream; each has its length before it (RFC 1035, 4.2.2). */
export function takeMessages(stream: TcpStream): Buffer[] {
  const messages: Buffer[] = [];
  while (stream.bytes.length >= 2) {
    const end = 2 + stream.bytes.readUInt16BE(0);
    if (stream.bytes.length < end) break;
    messages.push(stream.bytes.subarray(2, end));
    stream.take(end);
  }
  return messages;
}

/** What getaddrinfo(3) answered; an address that was given as text is no name. */
export function lookupEvent(
  maker: EventMaker,
  fact: LookupFact,
  seen: Seen,
): EventOf<"dns.answer"> | undefined {
  const { name, addresses } = fact;
  const isAddress = isIP(name.replace(/%.*$/, "")) !== 0;
  if (name === "" || isAddress || addresses.length === 0) return undefined;
  return maker.make("dns.answer", fact, {
    process: maker.processRef(fact.process),
    dns: {
      question: { name },
      answers: addresses.map((data) => ({ name, type: isIP(data) === 6 ? "AAAA" : "A", data })),
      seen,
    },
  });
}
