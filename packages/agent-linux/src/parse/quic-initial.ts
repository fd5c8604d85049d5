import { cryptoFrames } from "./quic-crypto-frames.js";
import { type CryptoStream, cryptoStream } from "./quic-crypto-stream.js";
import { type LongPacket, longPackets } from "./quic-header.js";
import { clientInitialKeys, type InitialKeys } from "./quic-initial-keys.js";
import { openPacket } from "./quic-open-packet.js";
import type { QuicVersion } from "./quic-version.js";

/** Reads the ClientHello out of the first datagrams that a QUIC client sends. */
export interface QuicInitial {
  /** Adds a datagram, in any order; it must be whole. */
  hear(datagram: Buffer): HeardInitial;
}

/**
 * A ClientHello as TLS's handshake protocol frames it (RFC 8446, 4), without records; `incomplete`: more datagrams may
 * make it one; `other`: not QUIC, or no hello.
 */
export type HeardInitial = Buffer | "incomplete" | "other";

/** Post-quantum hellos are 2 KB; the kernel side sends no more. */
const maxHello = 16_384;
/** Packets with which keys are tried, in all. */
const maxPackets = 64;
/** The first try, another version, a Retry. */
const maxHandshakes = 3;
const clientHello = 1;
const handshakeHeader = 4;

/** What was sent with one set of keys; a Retry or another version starts anew. */
interface Handshake {
  version: QuicVersion;
  destinationId: Buffer;
  keys: InitialKeys;
  stream: CryptoStream;
}

export function quicInitial(): QuicInitial {
  const handshakes: Handshake[] = [];
  let packets = 0;

  const open = (packet: LongPacket): { handshake: Handshake; payload: Buffer } | undefined => {
    for (const handshake of handshakes) {
      const payload =
        handshake.version === packet.version ? openPacket(packet, handshake.keys) : undefined;
      if (payload !== undefined) return { handshake, payload };
    }
    const { version, destinationId } = packet;
    const wasTried = handshakes.some(
      (each) => each.version === version && each.destinationId.equals(destinationId),
    );
    if (wasTried || handshakes.length === maxHandshakes) return undefined;
    const keys = clientInitialKeys(version, destinationId);
    const payload = openPacket(packet, keys);
    if (payload === undefined) return undefined;
    const handshake = {
      version,
      destinationId: Buffer.from(destinationId),
      keys,
      stream: cryptoStream(maxHello),
    };
    handshakes.push(handshake);
    return { handshake, payload };
  };

  return {
    hear(datagram) {
      for (const packet of longPackets(datagram)) {
        if (!packet.isInitial) continue;
        packets += 1;
        if (packets > maxPackets) {
          handshakes.length = 0;
          return "other";
        }
        const opened = open(packet);
        if (opened === undefined) continue;
        for (const frame of cryptoFrames(opened.payload)) opened.handshake.stream.add(frame);
        const heard = readHello(opened.handshake.stream.bytes);
        if (heard !== "incomplete") return heard;
      }
      return handshakes.length === 0 ? "other" : "incomplete";
    },
  };
}

function readHello(message: Buffer): HeardInitial {
  if (message.length > 0 && message[0] !== clientHello) return "other";
  if (message.length < handshakeHeader) return "incomplete";
  const length = handshakeHeader + message.readUIntBE(1, 3);
  if (length > maxHello) return "other";
  return message.length < length ? "incomplete" : Buffer.from(message.subarray(0, length));
}
