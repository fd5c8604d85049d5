import { normalizeHost } from "../endpoint/endpoint.js";
import type { Call, CallName } from "./call.js";
import { isReliedOn } from "./name-confidence.js";

/** A process can claim another name with every request: the first ones are kept. */
const maxNamesPerCall = 64;

/** The name that the agent itself gives a call. */
export function agentNames(domain: string | undefined): CallName[] {
  const name = domain === undefined ? undefined : normalizeHost(domain);
  return name === undefined ? [] : [{ name, source: "agent", confidence: "probable" }];
}

/** The host of an endpoint: the first name that can be relied on, else the address. */
export function hostOf(names: readonly CallName[], ip: string | undefined): string {
  return names.find(isReliedOn)?.name ?? ip ?? "unknown";
}

/**
 * Notes a name that the process claims. Where it asked for several names on this address, the claim tells which
 * of them it meant; a name it never asked for stays a claim.
 */
export function claimName(call: Call, text: string | undefined, source: "tls" | "http"): void {
  const name = text === undefined ? undefined : normalizeHost(text.replace(/:\d+$/, ""));
  if (name === undefined) return;
  const reliedOn = call.names.filter(isReliedOn);
  const isKnown = call.names.some((other) => other.name === name && other.source === source);
  if (!isKnown && call.names.length < maxNamesPerCall) {
    call.names.push({
      name,
      source,
      confidence: "claimed",
      ...(reliedOn.length > 0 && !fits(name, call, reliedOn) ? { contradicts: true } : {}),
    });
  }
  const asked = reliedOn.find((other) => other.name === name && other.source !== "agent");
  if (asked && call.verdict === "undecided") call.endpoint.host = asked.name;
}

function fits(name: string, { ip }: Call, reliedOn: readonly CallName[]): boolean {
  return (
    name === ip || reliedOn.some((other) => other.name === name || other.chain?.includes(name))
  );
}
