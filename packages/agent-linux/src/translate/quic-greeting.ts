import { type ClientHello, parseHandshake } from "../parse/client-hello.js";
import { type QuicInitial, quicInitial } from "../parse/quic-initial.js";

/** What a QUIC client says first. */
export interface QuicGreeting {
  /** Adds a datagram; gives the ClientHello once, when it is there. */
  hear(datagram: Buffer): ClientHello | undefined;
}

export function quicGreeting(): QuicGreeting {
  let initial: QuicInitial | undefined = quicInitial();
  return {
    hear(datagram) {
      const heard = initial?.hear(datagram);
      if (!Buffer.isBuffer(heard)) return undefined;
      initial = undefined;
      const hello = parseHandshake(heard);
      return typeof hello === "object" ? hello : undefined;
    },
  };
}
