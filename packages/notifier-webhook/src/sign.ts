import { createHmac } from "node:crypto";

/** What a signature is over. */
export interface Signed {
  /** The same for every attempt at one delivery. */
  id: string;
  /** Seconds since 1970. */
  timestamp: number;
  body: string;
}

/**
 * Signs a post by the symmetric scheme of Standard Webhooks 1.0.0 (https://www.standardwebhooks.com, "Signature scheme"):
 * HMAC-SHA256 over `id.timestamp.body`.
 */
export function sign({ id, timestamp, body }: Signed, key: Buffer): string {
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}
