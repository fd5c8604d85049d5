import { createHmac } from "node:crypto";
import type { QuicVersion } from "./quic-version.js";

/** Keys of AES-128-GCM, and of AES-128 for the header. */
export interface InitialKeys {
  key: Buffer;
  iv: Buffer;
  headerKey: Buffer;
}

/**
 * The keys of the Initial packets that a client sends (RFC 9001, 5.2): whoever sees the first one can know them.
 *
 * @param destinationId of the first packet; after a Retry, the one that the Retry gave
 */
export function clientInitialKeys(version: QuicVersion, destinationId: Buffer): InitialKeys {
  const initialSecret = hmac(version.initialSalt, destinationId);
  const secret = expandLabel(initialSecret, "client in", 32);
  return {
    key: expandLabel(secret, `${version.keyPrefix} key`, 16),
    iv: expandLabel(secret, `${version.keyPrefix} iv`, 12),
    headerKey: expandLabel(secret, `${version.keyPrefix} hp`, 16),
  };
}

/** HKDF-Expand-Label (RFC 8446, 7.1) of one round of SHA-256 (RFC 5869, 2.3): 32 bytes at most. */
function expandLabel(secret: Buffer, label: string, length: number): Buffer {
  const fullLabel = Buffer.from(`tls13 ${label}`);
  const round = 1;
  const info = Buffer.from([0, length, fullLabel.length, ...fullLabel, 0, round]);
  return hmac(secret, info).subarray(0, length);
}

function hmac(key: Buffer, data: Buffer): Buffer {
  return createHmac("sha256", key).update(data).digest();
}
