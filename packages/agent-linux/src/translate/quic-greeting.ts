import { type ClientHello, parseHandshake } from "../parse/client-hello.js";
import { type QuicInitial, quicInitial } from "../parse/quic-initial.js";

/** What a QUIC client says first. */
export interface QuicGreeting {
  /** Adds a datagram; gives the ClientHello once, when it is there. */
  hear(datagram: Buffer): ClientHello | undefined;
  /** Whether a part of a ClientHello is held until the rest comes. */
  readonly isUnfinished: boolean;
  /** Lets go of what is held; what comes now is not listened to. */
  giveUp(): void;
}

export function quicGreeting(): QuicGreeting {
  let initial: QuicInitial | undefined = quicInitial();
  let isUnfinished = false;

  const giveUp = () => {
    initial = undefined;
    isUnfinished = false;
  };
  return {
    hear(datagram) {
      const heard = initial?.hear(datagram);
      isUnfinished = heard === "incomplete";
      if (!Buffer.isBuffer(heard)) return undefined;
      giveUp();
      const hello = parseHandshake(heard);
      return typeof hello === "object" ? hello : undefined;
    },
    get isUnfinished() {
      return isUnfinished;
    },
    giveUp,
  };
}
