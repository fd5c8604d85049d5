import { getConnInfo } from "@hono/node-server/conninfo";
import { createMiddleware } from "hono/factory";
import { apiError } from "./api-error.js";

export interface RateLimit {
  /** Requests that may come at once. */
  burst: number;
  /** Requests a second that may come for ever. */
  perSecond: number;
}

/** Agents send a batch a second or so; a few hundred of them may share one address. */
export const defaultRateLimit: RateLimit = { burst: 500, perSecond: 100 };

/** Addresses remembered; past that the one unheard of the longest starts afresh. */
const maxClients = 10_000;

/** A token bucket for each client. */
export function tokenBuckets({ burst, perSecond }: RateLimit, now: () => number = Date.now) {
  const buckets = new Map<string, { tokens: number; filledAt: number }>();

  return {
    /** Takes a token from the client's bucket. Answers with how many seconds to wait, 0 if it had one. */
    take(client: string): number {
      const time = now();
      const before = buckets.get(client) ?? { tokens: burst, filledAt: time };
      const refill = ((time - before.filledAt) / 1000) * perSecond;
      const tokens = Math.min(burst, before.tokens + refill);
      const isAllowed = tokens >= 1;
      buckets.delete(client);
      buckets.set(client, { tokens: isAllowed ? tokens - 1 : tokens, filledAt: time });
      const [oldest] = buckets.keys();
      if (buckets.size > maxClients && oldest !== undefined) buckets.delete(oldest);
      return isAllowed ? 0 : Math.ceil((1 - tokens) / perSecond);
    },
  };
}

/** Answers 429 to addresses that ask too often. */
export function rateLimit(limit: RateLimit) {
  const buckets = tokenBuckets(limit);
  return createMiddleware(async (c, next) => {
    const waitSeconds = buckets.take(getConnInfo(c).remote.address ?? "unknown");
    if (waitSeconds === 0) return next();
    c.header("Retry-After", String(waitSeconds));
    return apiError(c, 429, { code: "TOO_MANY_REQUESTS", message: "too many requests" });
  });
}
