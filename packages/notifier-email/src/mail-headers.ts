import { createHash } from "node:crypto";
import { domainToASCII } from "node:url";
import { visibleText } from "@straycall/core";

/**
 * Makes the Message-ID (RFC 5322, section 3.6.4) of a delivery: the same for every attempt, so that mail programs
 * and people recognise a repeat.
 */
export function messageId(idempotencyKey: string, fromAddress: string): string {
  const digest = createHash("sha256").update(idempotencyKey.toWellFormed()).digest("hex");
  const domain = fromAddress.slice(fromAddress.lastIndexOf("@") + 1);
  return `<straycall.${digest.slice(0, 32)}@${domainToASCII(domain) || "straycall.invalid"}>`;
}

export function mailHeaders(idempotencyKey: string): Record<string, string> {
  return {
    "X-Straycall-Delivery": visibleText(idempotencyKey, 200),
    // RFC 3834, section 5: no vacation replies to this.
    "Auto-Submitted": "auto-generated",
    // Exchange does not look at it; this is its own.
    "X-Auto-Response-Suppress": "All",
  };
}
