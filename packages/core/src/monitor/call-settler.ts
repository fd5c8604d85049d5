import type { Logger } from "../contracts/logger.js";
import type { Store } from "../contracts/store.js";
import type { Detection } from "../detection/detection.js";
import type { Call } from "../run/call.js";
import type { RunRecord } from "../run/run.js";
import type { RunSession } from "../run/run-session.js";
import { type CallFact, callFacts } from "./call-facts.js";
import { callVerdicts } from "./call-verdicts.js";
import type { RunDecisions } from "./run-decisions.js";

export interface CallSettlerOptions {
  store: Store;
  run: RunRecord;
  session: RunSession;
  decisions: RunDecisions;
  logger: Logger;
  now: () => number;
}

/** Decides on a session's calls and writes down what changed. */
export interface CallSettler {
  /**
   * Decides on the calls that are known well enough, or that arrived before `arrivedBefore`, and on what was added to
   * those that were decided on. Answers with the detections that this made.
   *
   * `isOver` if nothing more is to come of the run. If the store fails it throws, and what was not done is done by the next call.
   */
  settle(arrivedBefore: number, isOver: boolean): Promise<Detection[]>;
  /** Takes over what was told of a call before a restart, or by another process. */
  recall(callId: string, detection: Detection): void;
}

/** A run with thousands of new endpoints must not keep the process from everything else. */
const decisionsPerTurn = 50;
const turn = () => new Promise((resolve) => setImmediate(resolve));

export function callSettler(options: CallSettlerOptions): CallSettler {
  const { store, run, session, decisions, logger, now } = options;
  const known = callFacts();
  const verdicts = callVerdicts();
  let decided = 0;

  /** What is to be decided on: in block mode the calls, in audit mode each thing that is new about one. */
  const factsOf = (settled: readonly Call[], changed: readonly Call[]): CallFact[] => {
    if (run.mode !== "block") return known.of(new Set([...settled, ...changed]));
    return settled.map((call) => ({ call, time: call.time, kind: "made" }));
  };

  const decideOn = async (arrivedBefore: number): Promise<Detection[]> => {
    const detections: Detection[] = [];
    const settled = session.takeSettled(arrivedBefore);
    const changed = session.takeChanged();
    // They are still to be written down.
    for (const call of changed) session.changed(call);
    const facts = factsOf(
      settled,
      changed.filter(({ verdict }) => verdict !== "undecided"),
    );
    let done = 0;
    try {
      for (const fact of facts) {
        detections.push(...(await decide(fact)));
        done += 1;
      }
    } finally {
      session.putBack([...new Set(facts.slice(done).map(({ call }) => call))]);
    }
    return detections;
  };

  const decide = async (fact: CallFact): Promise<Detection[]> => {
    const { call } = fact;
    const decision = await decisions.decide(session.context(call), fact);
    known.done(fact);
    if (verdicts.note(call, decision)) session.changed(call);
    decided += 1;
    if (decided % decisionsPerTurn === 0) await turn();
    const made = [decision.newJob, decision.told?.isFirst ? decision.told.detection : undefined];
    const detections = made.filter((detection) => detection !== undefined);
    for (const { id, subject } of detections) {
      logger.info({ detection: id, subject }, "detection recorded");
    }
    return detections;
  };

  const writeChanges = async (isOver: boolean) => {
    const changed = session.takeChanged();
    try {
      if (changed.length > 0) await store.calls.put(changed);
    } catch (error) {
      for (const call of changed) session.changed(call);
      throw error;
    }
    const processes = session.takeChangedProcesses();
    try {
      if (processes.length > 0) await store.processes.put(run.key, processes);
    } catch (error) {
      session.putBackProcesses(processes);
      throw error;
    }
    await store.runs.update(run.key, {
      ...session.facts,
      steps: session.steps(),
      counts: { ...session.counts(), ...verdicts.counts() },
      coverage: session.coverage({ now: now(), isOver }),
      lastHeardAt: session.lastHeardAt,
    });
  };

  return {
    recall: verdicts.recall,
    async settle(arrivedBefore, isOver) {
      const detections = await decideOn(arrivedBefore);
      await writeChanges(isOver);
      return detections;
    },
  };
}
