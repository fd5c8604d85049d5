import { normalizeAddress } from "../endpoint/address.js";
import type { EventOf } from "../events/event.js";
import type { NameConfidence } from "./name-confidence.js";

/** Whose answers are believed in this run, as its agents said when they started. */
export interface AnswerTrust {
  learn(agent: EventOf<"capture.started">["agent"]): void;
  /** How far an answer can be relied on when it arrives. */
  confidenceOf(answer: EventOf<"dns.answer">): NameConfidence;
  /** It was seen where the agent itself is, and a trusted resolver gave it: true for every process of the machine. */
  holdsForAll(answer: EventOf<"dns.answer">): boolean;
}

const maxResolvers = 256;
const dnsPort = 53;

export function answerTrust(): AnswerTrust {
  const resolvers = new Set<string>();
  /** Whoever makes a namespace of his own can have any address there: only the operator's word says who has it. */
  const everywhere = new Set<string>();
  const homes = new Set<string>();

  const isFromTrusted = (answer: EventOf<"dns.answer">) =>
    answer.server?.port === dnsPort && answer.dns.matched === true && isAmong(resolvers, answer);
  const isAtHome = ({ network }: EventOf<"dns.answer">) =>
    network?.namespace === undefined || homes.has(network.namespace);

  return {
    learn({ resolvers: told = [], listed_resolvers: listed = [], network }) {
      keep(told, resolvers);
      keep(listed, everywhere);
      if (network?.namespace !== undefined && homes.size < maxResolvers)
        homes.add(network.namespace);
    },
    confidenceOf(answer) {
      switch (answer.dns.seen) {
        case "wire":
          if (!isFromTrusted(answer)) return "doubtful";
          if (isAtHome(answer)) return "certain";
          return isAmong(everywhere, answer) ? "probable" : "doubtful";
        case "hosts-file":
          return "certain";
        case "library":
          return "doubtful";
        // A service that no packet shows, or an agent that does not say: nothing better can be had.
        case "resolver-service":
        case undefined:
          return "probable";
      }
    },
    holdsForAll: (answer) =>
      answer.dns.seen === "wire" && isFromTrusted(answer) && isAtHome(answer),
  };
}

function keep(told: readonly string[], addresses: Set<string>) {
  for (const ip of told) {
    if (addresses.size < maxResolvers) addresses.add(normalizeAddress(ip) ?? ip);
  }
}

function isAmong(addresses: ReadonlySet<string>, { server }: EventOf<"dns.answer">): boolean {
  return server !== undefined && addresses.has(normalizeAddress(server.ip) ?? server.ip);
}
