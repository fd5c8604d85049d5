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
  const homes = new Set<string>();

  const isFromTrusted = ({ server, dns }: EventOf<"dns.answer">) =>
    server !== undefined &&
    server.port === dnsPort &&
    dns.matched === true &&
    resolvers.has(normalizeAddress(server.ip) ?? server.ip);
  const isAtHome = ({ network }: EventOf<"dns.answer">) =>
    network?.namespace === undefined || homes.has(network.namespace);

  return {
    learn({ resolvers: told = [], network }) {
      for (const ip of told) {
        if (resolvers.size < maxResolvers) resolvers.add(normalizeAddress(ip) ?? ip);
      }
      if (network?.namespace !== undefined && homes.size < maxResolvers)
        homes.add(network.namespace);
    },
    confidenceOf(answer) {
      switch (answer.dns.seen) {
        case "wire":
          if (!isFromTrusted(answer)) return "doubtful";
          return isAtHome(answer) ? "certain" : "probable";
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
