import { readVarint } from "./quic-varint.js";
import { type QuicVersion, quicVersions } from "./quic-version.js";

/** A packet with a long header (RFC 9000, 17.2), its protection still on. */
export interface LongPacket {
  version: QuicVersion;
  isInitial: boolean;
  destinationId: Buffer;
  /** From the header's first byte to the payload's last. */
  bytes: Buffer;
  packetNumberAt: number;
}

const longHeader = 0x80;
const versionAt = 1;
const destinationIdAt = 5;
const maxIdLength = 20;

/** Walks the packets that came in one datagram (RFC 9000, 12.2), to the first whose end is not known. */
export function* longPackets(datagram: Buffer): Generator<LongPacket, void> {
  for (let rest = datagram; rest.length > 0; ) {
    const packet = readLongPacket(rest);
    if (packet === undefined) return;
    yield packet;
    rest = rest.subarray(packet.bytes.length);
  }
}

function readLongPacket(bytes: Buffer): LongPacket | undefined {
  const first = bytes[0] ?? 0;
  // The bit next to it is no help to know QUIC by: clients may flip it (RFC 9287).
  if ((first & longHeader) === 0 || bytes.length < destinationIdAt) return undefined;
  const version = quicVersions.get(bytes.readUInt32BE(versionAt));
  const type = (first >> 4) & 3;
  // A Retry has no length; a Version Negotiation has version 0.
  if (version === undefined || type === version.types.retry) return undefined;

  const destinationId = readConnectionId(bytes, destinationIdAt);
  if (destinationId === undefined) return undefined;
  const sourceId = readConnectionId(bytes, destinationId.end);
  if (sourceId === undefined) return undefined;
  const isInitial = type === version.types.initial;
  const lengthAt = isInitial ? skipToken(bytes, sourceId.end) : sourceId.end;
  const length = lengthAt === undefined ? undefined : readVarint(bytes, lengthAt);
  if (length === undefined || length.end + length.value > bytes.length) return undefined;
  return {
    version,
    isInitial,
    destinationId: destinationId.id,
    bytes: bytes.subarray(0, length.end + length.value),
    packetNumberAt: length.end,
  };
}

function readConnectionId(bytes: Buffer, offset: number): { id: Buffer; end: number } | undefined {
  const length = bytes[offset];
  if (length === undefined || length > maxIdLength) return undefined;
  const end = offset + 1 + length;
  return end > bytes.length ? undefined : { id: bytes.subarray(offset + 1, end), end };
}

function skipToken(bytes: Buffer, offset: number): number | undefined {
  const length = readVarint(bytes, offset);
  return length && length.end + length.value;
}
