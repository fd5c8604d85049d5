import { normalizeAddress } from "../endpoint/address.js";
import { normalizeHost } from "../endpoint/endpoint.js";
import type { Call, CallContext, CallName, HttpRequest } from "../run/call.js";
import { lineageOf } from "./lineage-of.js";
import type { Observation, ObservedRequest } from "./observation.js";
import { programName } from "./program-name.js";
import { observedRequest } from "./route.js";
import { stepKey } from "./step-key.js";

/** More kinds of requests on one call do not tell more about it. */
const maxRequests = 50;

/**
 * Puts together what the model looks at of a call.
 *
 * @param http its requests that are looked at; default all
 */
export function observeCall(
  { call, process, ancestors }: CallContext,
  http: readonly HttpRequest[] = call.http,
): Observation {
  const step = stepKey(call.step);
  return {
    endpoint: call.endpoint,
    addressClass: call.addressClass,
    program: programName(process ?? { args: call.commandLine.split(" ", 1) }),
    lineage: process ? lineageOf(process, ancestors) : "tool",
    ...(step === undefined ? {} : { step }),
    requests: requestsOf(call.endpoint.host, http),
    ...(call.endpoint.host === call.ip ? namesSaid(call) : {}),
  };
}

/** Names of an address that nobody who is trusted gave it. */
function namesSaid({ names }: Call): Pick<Observation, "doubtfulName" | "claimedName"> {
  const answered = names.find(isAnswered);
  const claimed = names.find(({ source }) => source === "tls" || source === "http");
  const isOnlyClaimed =
    claimed !== undefined && !names.some((name) => name.name === claimed.name && isAnswered(name));
  const server = answered?.server?.ip;
  return {
    ...(answered === undefined
      ? {}
      : { doubtfulName: { name: answered.name, ...(server === undefined ? {} : { server }) } }),
    ...(isOnlyClaimed ? { claimedName: claimed.name } : {}),
  };
}

/** Somebody answered, though nobody who is trusted. */
const isAnswered = ({ source, confidence }: CallName) =>
  confidence === "doubtful" && source !== "reverse";

/** Each kind of request once, the first ones. */
function requestsOf(host: string, http: readonly HttpRequest[]): ObservedRequest[] {
  const kinds = new Map<string, ObservedRequest>();
  for (const request of http) {
    if (kinds.size >= maxRequests) break;
    const kind = observedRequest(servingHost(host, request), request.method, request.path);
    kinds.set(JSON.stringify([kind.method, kind.route, kind.tenant]), kind);
  }
  return [...kinds.values()];
}

/** Whose paths they are: the proven name's; of a bare address only the request says. */
function servingHost(host: string, request: HttpRequest): string {
  if (normalizeAddress(host) === undefined || request.host === undefined) return host;
  return normalizeHost(request.host) ?? host;
}
