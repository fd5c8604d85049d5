import { type CallFact, type ConnectionIdentity, lastGeneration } from "../decode/fact.js";
import type { KernelNumber } from "../decode/kernel-number.js";
import type { TcpStream } from "../parse/tcp-stream.js";
import type { Exchange, RequestingCall } from "./exchange.js";
import type { QuicGreeting } from "./quic-greeting.js";
import { recentMap } from "./recent-map.js";
import type { Utterance } from "./utterance.js";

/** A call that may still be heard of. */
export interface OpenCall extends RequestingCall {
  generation: number;
  /** Where it goes. */
  address: string;
  port: number;
  /** IANA protocol number. */
  protocol: number;
  /** Inode of its network namespace. */
  network: number;
  outcome: "pending" | "established" | "failed";
  /** What its client is in the middle of saying. */
  utterance?: Utterance;
  /** Of what is said in clear. */
  exchange?: Exchange;
  quic?: QuicGreeting;
  /** DNS over TCP: what its resolver is asked, and what it answers. */
  questions?: TcpStream;
  answers?: TcpStream;
  /** DNS questions that were told of it. */
  asked: Set<string>;
}

/** The calls of every socket; the oldest sockets are forgotten when there are too many. */
export interface OpenCalls {
  add(fact: CallFact, id: string): OpenCall;
  find(connection: ConnectionIdentity): OpenCall | undefined;
  /** Takes out what a closing socket was used for. */
  takeAll(cookie: KernelNumber): OpenCall[];
}

const maxSockets = 16_384;
/** One UDP socket that sends to more destinations than this loses sight of the first. */
const maxCallsPerSocket = 256;

export function openCalls(): OpenCalls {
  const sockets = recentMap<KernelNumber, OpenCall[]>(maxSockets);
  return {
    add({ connection: { cookie, generation }, address, port, protocol, network }, id) {
      const call: OpenCall = {
        id,
        generation,
        address,
        port,
        protocol,
        network,
        outcome: "pending",
        requests: 0,
        asked: new Set(),
      };
      const earlier = sockets.get(cookie);
      const kept = earlier === undefined ? [call] : [...earlier.slice(1 - maxCallsPerSocket), call];
      sockets.set(cookie, kept);
      return call;
    },
    find({ cookie, generation }) {
      const calls = sockets.get(cookie);
      if (generation === lastGeneration) return calls?.at(-1);
      return calls?.find((call) => call.generation === generation);
    },
    takeAll(cookie) {
      const calls = sockets.get(cookie) ?? [];
      sockets.delete(cookie);
      return calls;
    },
  };
}
