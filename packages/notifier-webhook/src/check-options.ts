import { StraycallError } from "@straycall/core";
import { signingKey } from "./signing-key.js";
import type { WebhookNotifierOptions } from "./webhook-notifier-options.js";

export interface CheckedOptions {
  url: URL;
  keys: Buffer[];
  headers: Record<string, string>;
  name: string;
  timeoutMs: number;
}

/** The longest that a timer can wait. */
const maxTimeoutMs = 2 ** 31 - 1;
/** They are the notifier's own. */
const ownHeaders = /^(content-type|content-length|host|webhook-.*)$/i;

export function checkOptions(options: WebhookNotifierOptions): CheckedOptions {
  const { url, secret, headers = {}, name = "webhook", timeoutMs = 10_000 } = options;
  if (!/^[\x21-\x7e]{1,64}$/.test(name)) {
    throw invalid("name", "must be 1 to 64 visible ASCII characters");
  }
  if (!Number.isInteger(timeoutMs) || timeoutMs < 1 || timeoutMs > maxTimeoutMs) {
    throw invalid("timeoutMs", `must be a whole number from 1 to ${maxTimeoutMs}`);
  }
  for (const [header, value] of Object.entries(headers)) {
    if (!/^[A-Za-z0-9-]{1,100}$/.test(header) || ownHeaders.test(header)) {
      throw invalid("headers", `cannot hold ${JSON.stringify(header).slice(0, 100)}`);
    }
    if (typeof value !== "string" || !/^[\x20-\x7e]{0,4096}$/.test(value)) {
      throw invalid("headers", `hold something for ${header} that is no header's value`);
    }
  }
  const keys = [secret].flat().map((text) => {
    const key = signingKey(text);
    if (key) return key;
    throw invalid("secret", "must be whsec_ and 24 to 64 bytes in base64");
  });
  if (keys.length === 0) throw invalid("secret", "must be whsec_ and 24 to 64 bytes in base64");
  return { url: checkUrl(url), keys, headers: { ...headers }, name, timeoutMs };
}

/** The messages never quote the address: it may be a secret. */
function checkUrl(given: unknown): URL {
  if (typeof given !== "string" || !URL.canParse(given)) {
    throw invalid("url", "must be an address to post to");
  }
  const url = new URL(given);
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw invalid("url", "must begin with https:// or http://");
  }
  if (url.username !== "" || url.password !== "") {
    throw invalid("url", "must not hold a user name or password: use headers");
  }
  return url;
}

function invalid(option: string, problem: string): StraycallError {
  return new StraycallError("CONFIG_INVALID", `webhookNotifier: ${option} ${problem}`, {
    field: option,
  });
}
