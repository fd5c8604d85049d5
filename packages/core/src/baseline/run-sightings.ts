import { type Severity, worseSeverity } from "../detection/detection.js";
import { type EndpointKey, endpointKey } from "../endpoint/endpoint.js";
import { type ChainLink, endpointChain } from "../endpoint/endpoint-chain.js";
import type { Observation } from "../model/observation.js";
import { addMoved, type RunTraffic } from "./traffic.js";

/** What one run shows of one endpoint. */
export interface EndpointSighting {
  /** From the root to the endpoint; see `endpointChain`. */
  chain: readonly ChainLink[];
  port: number;
  /** Epoch milliseconds of its first and last call. */
  firstSeenAt: number;
  lastSeenAt: number;
  /** A detection told of it, in this run or while this run was under way: nobody has reviewed it. */
  told: boolean;
  /** How bad the worst is that was told of it, or of the way it was called. */
  toldAs?: Severity;
  /** What a detection told of the way it was called, `lineage:install-script`. */
  toldHabits: Set<string>;
  programs: Set<string>;
  lineages: Set<string>;
  steps: Set<string>;
  routes: Set<string>;
  methods: Set<string>;
  tenants: Set<string>;
  /** By program. */
  traffic: Map<string, RunTraffic>;
}

/** All that a run teaches its job's baseline: sets, sums and extremes, which no order of calls changes. */
export interface RunSightings {
  /** A call was made. */
  call(observation: Observation, time: number): void;
  /** What was, or became, of a call: once for each. */
  traffic(observation: Observation, amounts: { bytesOut?: number; durationMs?: number }): void;
  /** A detection told of the endpoint or, where they are given, only of these habits of its calls. */
  told(key: EndpointKey, habits?: readonly string[], severity?: Severity): void;
  /** A detection told of what a program moved at a place: its subject. */
  toldTraffic(subject: string): void;
  readonly endpoints: ReadonlyMap<EndpointKey, EndpointSighting>;
  readonly trafficTold: ReadonlySet<string>;
}

/** How many different values of each kind one run may show of one endpoint; there are more only if somebody floods. */
const maxValues = 64;

export function runSightings(): RunSightings {
  const endpoints = new Map<EndpointKey, EndpointSighting>();
  const trafficTold = new Set<string>();

  const sighting = ({ endpoint, addressClass }: Observation, time: number) => {
    const key = endpointKey(endpoint);
    const known = endpoints.get(key);
    if (known) return known;
    const fresh: EndpointSighting = {
      chain: endpointChain(endpoint, addressClass),
      port: endpoint.port,
      firstSeenAt: time,
      lastSeenAt: time,
      told: false,
      toldHabits: new Set(),
      programs: new Set(),
      lineages: new Set(),
      steps: new Set(),
      routes: new Set(),
      methods: new Set(),
      tenants: new Set(),
      traffic: new Map(),
    };
    endpoints.set(key, fresh);
    return fresh;
  };

  return {
    call(observation, time) {
      const seen = sighting(observation, time);
      seen.firstSeenAt = Math.min(seen.firstSeenAt, time);
      seen.lastSeenAt = Math.max(seen.lastSeenAt, time);
      note(seen.programs, observation.program);
      note(seen.lineages, observation.lineage);
      if (observation.step !== undefined) note(seen.steps, observation.step);
      for (const { method, route, tenant } of observation.requests) {
        note(seen.routes, `${method} ${route}`);
        note(seen.methods, method);
        if (tenant !== undefined) note(seen.tenants, tenant);
      }
    },
    traffic(observation, { bytesOut = 0, durationMs = 0 }) {
      const seen = endpoints.get(endpointKey(observation.endpoint));
      if (seen === undefined) return;
      addMoved(seen.traffic, observation.program, { bytesOut, calls: 1, durationMs });
      keepFirst(seen.traffic);
    },
    told(key, habits, severity = "low") {
      const seen = endpoints.get(key);
      if (seen === undefined) return;
      seen.toldAs = worseSeverity(seen.toldAs, severity);
      if (habits === undefined) seen.told = true;
      for (const habit of habits ?? []) note(seen.toldHabits, habit);
    },
    toldTraffic: (subject) => {
      trafficTold.add(subject);
    },
    endpoints,
    trafficTold,
  };
}

function note(values: Set<string>, value: string) {
  values.add(value);
  keepFirst(values);
}

/**
 * Keeps the first values by name: what is kept is never one that was dropped before, so that the order in which they
 * come does not matter.
 */
function keepFirst(values: Set<string> | Map<string, unknown>) {
  if (values.size <= maxValues) return;
  let last = "";
  for (const value of values.keys()) if (value > last) last = value;
  values.delete(last);
}
