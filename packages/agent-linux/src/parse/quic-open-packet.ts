import { createCipheriv, createDecipheriv } from "node:crypto";
import type { LongPacket } from "./quic-header.js";
import type { InitialKeys } from "./quic-initial-keys.js";

const tagLength = 16;
const sampleLength = 16;
/** A sample is taken as if the packet number had all its bytes. */
const maxPacketNumberLength = 4;

/**
 * Takes the protection off an Initial packet (RFC 9001, 5.3 and 5.4).
 *
 * Numbers are taken as they are written: a client counts its Initial packets from 0, and no hello needs as many as
 * would not fit one byte.
 *
 * @returns its frames; undefined if it was not made with these keys.
 */
export function openPacket(packet: LongPacket, keys: InitialKeys): Buffer | undefined {
  const { bytes, packetNumberAt } = packet;
  const sampleAt = packetNumberAt + maxPacketNumberLength;
  const sample = bytes.subarray(sampleAt, sampleAt + sampleLength);
  if (sample.length < sampleLength) return undefined;

  const mask = headerMask(keys.headerKey, sample);
  const first = (bytes[0] ?? 0) ^ ((mask[0] ?? 0) & 0x0f);
  const packetNumberLength = (first & 3) + 1;
  const payloadAt = packetNumberAt + packetNumberLength;
  const header = Buffer.from(bytes.subarray(0, payloadAt));
  header[0] = first;
  xorInto(header.subarray(packetNumberAt), mask.subarray(1));

  const nonce = Buffer.from(keys.iv);
  xorInto(nonce.subarray(-packetNumberLength), header.subarray(packetNumberAt));
  return decrypt(keys.key, nonce, header, bytes.subarray(payloadAt));
}

function headerMask(key: Buffer, sample: Buffer): Buffer {
  return createCipheriv("aes-128-ecb", key, null).setAutoPadding(false).update(sample);
}

function xorInto(target: Buffer, other: Buffer): void {
  for (const [index, byte] of target.entries()) target[index] = byte ^ (other[index] ?? 0);
}

function decrypt(key: Buffer, nonce: Buffer, header: Buffer, sealed: Buffer): Buffer | undefined {
  const decipher = createDecipheriv("aes-128-gcm", key, nonce)
    .setAAD(header)
    .setAuthTag(sealed.subarray(-tagLength));
  const payload = decipher.update(sealed.subarray(0, -tagLength));
  try {
    decipher.final();
  } catch {
    // The tag does not fit.
    return undefined;
  }
  return payload;
}
