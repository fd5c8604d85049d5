import { timingSafeEqual } from "node:crypto";
import { StraycallError } from "@straycall/core";
import { sign } from "./sign.js";
import { signingKey } from "./signing-key.js";

export interface VerifyWebhookOptions {
  /** The request's body, byte for byte as it came. */
  body: string;
  /** Its headers, by lower-case name. */
  headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** What the posts are signed with; several during a change. */
  secret: string | readonly string[];
  /** How far the post's time may be from this machine's, seconds. Default 300. */
  toleranceSeconds?: number;
  /** Epoch milliseconds. Default now. */
  now?: number;
}

/**
 * Checks on the receiver's side that a post is from who knows the secret, and is no old one sent again. Answers its id:
 * keep those of the last `toleranceSeconds` and drop what comes twice.
 *
 * @throws StraycallError CONFIG_INVALID for a secret that is none, EVENT_INVALID for a post that is not to be believed
 */
export function verifyWebhook(options: VerifyWebhookOptions): string {
  const { body, headers, secret, toleranceSeconds = 300, now = Date.now() } = options;
  const id = only(headers["webhook-id"]);
  const time = only(headers["webhook-timestamp"]);
  const signatures = only(headers["webhook-signature"])?.split(" ") ?? [];
  if (!id || !time || signatures.length === 0) throw refused("it is not signed");
  if (!/^\d{1,12}$/.test(time)) throw refused("its time is none");
  if (Math.abs(now / 1_000 - Number(time)) > toleranceSeconds) {
    throw refused("its time is too far from now");
  }
  const expected = [secret].flat().map((text) => {
    const key = signingKey(text);
    if (key) return Buffer.from(sign({ id, timestamp: Number(time), body }, key));
    throw new StraycallError("CONFIG_INVALID", "the webhook's secret is none", { field: "secret" });
  });
  // Each is compared, however many there are, and none faster than another.
  const fits = signatures.slice(0, 16).flatMap((given) => {
    const bytes = Buffer.from(given);
    return expected.map((own) => own.length === bytes.length && timingSafeEqual(own, bytes));
  });
  if (!fits.includes(true)) throw refused("its signature does not fit");
  return id;
}

/** Two of a header that must be one are none. */
function only(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === "string" ? header : undefined;
}

function refused(why: string): StraycallError {
  return new StraycallError("EVENT_INVALID", `the webhook is not to be believed: ${why}`);
}
