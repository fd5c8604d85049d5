import { domainParts, endpointKey, normalizeAddress, observeCall } from "@straycall/core";
import type { SimulatedCall, SimulatedRun } from "../simulation/simulated-run.js";
import { callContext } from "./call-context.js";

/** What a job's calls were so far, counted in runs. */
export interface CallFeatures {
  /** The numbers that a forest sees of a call. */
  row(run: SimulatedRun, call: SimulatedCall, at: number): number[];
  /** Counts a run's calls, each kind once. */
  learn(run: SimulatedRun): void;
  fork(): CallFeatures;
  /** Bytes of the counts. */
  bytes(): number;
}

/**
 * Numbers of a call: how many of the job's runs had its endpoint, domain, program, lineage, step, port and requests, on
 * their own and together, and the call's own sizes. Nothing is looked up: what is bad must stand out by itself.
 */
export function callFeatures(
  runs = 0,
  counts: ReadonlyMap<string, number> = new Map(),
): CallFeatures {
  const seen = new Map(counts);
  let learned = runs;
  const kindsOfCall = new WeakMap<SimulatedCall, string[]>();
  const kindsOnce = (run: SimulatedRun, call: SimulatedCall, at: number) => {
    const kinds = kindsOfCall.get(call) ?? kindsOf(run, call, at);
    kindsOfCall.set(call, kinds);
    return kinds;
  };

  return {
    row(run, call, at) {
      const share = (key: string) => (seen.get(key) ?? 0) / Math.max(1, learned);
      const { host, port } = call.endpoint;
      const isAddress = normalizeAddress(host) !== undefined;
      const kinds = kindsOnce(run, call, at);
      const writes = call.requests.some(({ method }) => method !== "GET" && method !== "HEAD");
      return [
        ...kinds.slice(0, 8).map(share),
        Math.min(1, ...kinds.slice(8).map(share)),
        isAddress ? 1 : 0,
        port === 443 ? 0 : port === 80 ? 1 : 2,
        host.length,
        host.split(".").length,
        (host.match(/\d/g) ?? []).length / host.length,
        writes ? 1 : 0,
        magnitude(call.bytesOut),
      ];
    },
    learn(run) {
      learned += 1;
      const kinds = new Set(run.calls.flatMap((call, at) => kindsOnce(run, call, at)));
      for (const kind of kinds) seen.set(kind, (seen.get(kind) ?? 0) + 1);
    },
    fork: () => callFeatures(learned, seen),
    bytes: () => JSON.stringify([...seen]).length,
  };
}

/** What to count of a call: eight kinds of it, then its requests. */
function kindsOf(run: SimulatedRun, call: SimulatedCall, at: number): string[] {
  const { program, lineage, step, requests } = observeCall(callContext(run, call, at));
  const key = endpointKey(call.endpoint);
  const domain = domainParts(call.endpoint.host).registrable ?? call.endpoint.host;
  return [
    `endpoint ${key}`,
    `domain ${domain}`,
    `program ${program}`,
    `lineage ${lineage}`,
    `step ${step}`,
    `port ${call.endpoint.port}`,
    `${key} ${program}`,
    `${key} ${lineage}`,
    ...requests.map(({ method, route }) => `${key} ${method} ${route}`),
  ];
}

/** Binary magnitude, straight between whole powers of two. */
function magnitude(bytes: number): number {
  const whole = 31 - Math.clz32(Math.max(1, bytes));
  return whole + bytes / 2 ** whole - 1;
}
