import { domainParts, endpointKey } from "@straycall/core";
import type { JobTimeline } from "../data/job-timeline.js";
import type { SimulatedCall, SimulatedRun } from "../simulation/simulated-run.js";
import { type Detector, type DetectorKind, silentRuns, timelineName } from "./detector.js";

interface Rule {
  /** What must have been seen before. */
  key(call: SimulatedCall): string;
  /** Whose memory counts. */
  scope(timeline: JobTimeline): string;
}

/**
 * Tells what was never seen, each once, after some silent runs. It says nothing of how bad a call is, so all that it
 * tells is as loud as can be: `high`.
 */
function exactRule(rule: Rule): DetectorKind["create"] {
  const detector = (seen: Map<string, Set<string>>, runs: Map<string, number>): Detector => {
    const keyOf = (run: SimulatedRun, call: SimulatedCall) =>
      `${rule.scope(run.timeline)}\n${rule.key(call)}`;
    return {
      judge(run) {
        const scope = rule.scope(run.timeline);
        const known = seen.get(scope);
        const learning = (runs.get(scope) ?? 0) < silentRuns;
        return run.calls.flatMap((call, at) =>
          known?.has(rule.key(call))
            ? []
            : [
                {
                  call: at,
                  key: keyOf(run, call),
                  score: 1,
                  severity: learning ? undefined : ("high" as const),
                },
              ],
        );
      },
      learn(run) {
        const scope = rule.scope(run.timeline);
        const known = seen.get(scope) ?? new Set();
        for (const call of run.calls) known.add(rule.key(call));
        seen.set(scope, known);
        runs.set(scope, (runs.get(scope) ?? 0) + 1);
      },
      fork(timeline) {
        const scope = rule.scope(timeline);
        return detector(
          new Map([[scope, new Set(seen.get(scope))]]),
          new Map([[scope, runs.get(scope) ?? 0]]),
        );
      },
      bytes: (timeline) => JSON.stringify([...(seen.get(rule.scope(timeline)) ?? [])]).length,
    };
  };
  return () => detector(new Map(), new Map());
}

/** A never-seen endpoint: what products of this kind describe. */
export const exactHost: DetectorKind = {
  name: "exact-host",
  create: exactRule({ key: ({ endpoint }) => endpointKey(endpoint), scope: timelineName }),
};

/** An endpoint that no job of the repository has called. */
export const newHostOfRepository: DetectorKind = {
  name: "new-host-per-repository",
  create: exactRule({
    key: ({ endpoint }) => endpointKey(endpoint),
    scope: ({ repository }) => repository,
  }),
};

/** A registrable domain, or an address, that no job of the repository has called. */
export const newDomainOfRepository: DetectorKind = {
  name: "new-domain-per-repository",
  create: exactRule({
    key: ({ endpoint }) => domainParts(endpoint.host).registrable ?? endpoint.host,
    scope: ({ repository }) => repository,
  }),
};
