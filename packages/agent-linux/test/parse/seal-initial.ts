import { createCipheriv } from "node:crypto";
import { clientInitialKeys, type InitialKeys } from "../../src/parse/quic-initial-keys.js";
import { type QuicVersion, quicVersions } from "../../src/parse/quic-version.js";

/** What a QUIC client puts into an Initial packet. */
export interface InitialContents {
  payload: Buffer;
  version?: number;
  destinationId?: Buffer;
  /** The first packet's destination, if it was another. */
  keyId?: Buffer;
  packetNumber?: number;
  packetNumberLength?: number;
  token?: Buffer;
}

const defaultId = Buffer.from("8394c8f03e515708", "hex");

/** Protects an Initial packet as a client does (RFC 9001, 5.3 and 5.4). */
export function sealInitial(contents: InitialContents): Buffer {
  const { payload, packetNumber = 0, packetNumberLength = 1, token = Buffer.alloc(0) } = contents;
  const { version = 1, destinationId = defaultId, keyId = destinationId } = contents;
  const known = quicVersions.get(version) ?? ([...quicVersions.values()][0] as QuicVersion);
  const keys = clientInitialKeys(known, keyId);

  const type = 0xc0 | (known.types.initial << 4) | (packetNumberLength - 1);
  const number = Buffer.alloc(packetNumberLength);
  number.writeUIntBE(packetNumber, 0, packetNumberLength);
  const versionBytes = Buffer.alloc(4);
  versionBytes.writeUInt32BE(version);
  const header = Buffer.concat([
    Buffer.from([type]),
    versionBytes,
    Buffer.from([destinationId.length]),
    destinationId,
    Buffer.from([0]),
    varint(token.length),
    token,
    varint(packetNumberLength + payload.length + 16),
    number,
  ]);
  return maskHeader(
    Buffer.concat([header, encrypt(keys, number, header, payload)]),
    header.length,
    keys,
  );
}

/** Frames with a piece of the handshake each, and padding: 20 bytes of payload are the least that can be sampled. */
export function cryptoPayload(...pieces: { offset: number; data: Buffer }[]): Buffer {
  const frames = pieces.map(({ offset, data }) =>
    Buffer.concat([Buffer.from([6]), varint(offset), varint(data.length), data]),
  );
  return Buffer.concat([...frames, Buffer.alloc(20)]);
}

function varint(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  if (value < 0x40) return bytes.subarray(7);
  if (value < 0x4000) return withLengthBits(bytes.subarray(6), 1);
  if (value < 0x4000_0000) return withLengthBits(bytes.subarray(4), 2);
  return withLengthBits(bytes, 3);
}

function withLengthBits(bytes: Buffer, bits: number): Buffer {
  bytes[0] = (bytes[0] ?? 0) | (bits << 6);
  return bytes;
}

function encrypt(keys: InitialKeys, number: Buffer, header: Buffer, payload: Buffer): Buffer {
  const nonce = Buffer.from(keys.iv);
  const start = nonce.length - number.length;
  for (const [index, byte] of number.entries()) {
    nonce[start + index] = (nonce[start + index] ?? 0) ^ byte;
  }
  const cipher = createCipheriv("aes-128-gcm", keys.key, nonce).setAAD(header);
  return Buffer.concat([cipher.update(payload), cipher.final(), cipher.getAuthTag()]);
}

function maskHeader(packet: Buffer, headerLength: number, keys: InitialKeys): Buffer {
  const numberLength = ((packet[0] ?? 0) & 3) + 1;
  const numberAt = headerLength - numberLength;
  const sample = packet.subarray(numberAt + 4, numberAt + 20);
  const mask = createCipheriv("aes-128-ecb", keys.headerKey, null).update(sample);
  packet[0] = (packet[0] ?? 0) ^ ((mask[0] ?? 0) & 0x0f);
  for (let index = 0; index < numberLength; index++) {
    packet[numberAt + index] = (packet[numberAt + index] ?? 0) ^ (mask[1 + index] ?? 0);
  }
  return packet;
}
