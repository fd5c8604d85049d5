import type { Logger } from "../contracts/logger.js";
import type { Store } from "../contracts/store.js";
import type { Detection } from "../detection/detection.js";
import type { Call } from "../run/call.js";
import type { RunRecord } from "../run/run.js";
import type { RunSession } from "../run/run-session.js";
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
   * Decides on the calls that are known well enough, or that arrived before `arrivedBefore`. Answers with the
   * detections that this made.
   *
   * `isOver` if nothing more is to come of the run. If the store fails it throws, and what was not done is done by the next call.
   */
  settle(arrivedBefore: number, isOver: boolean): Promise<Detection[]>;
}

/** A run with thousands of new endpoints must not keep the process from everything else. */
const decisionsPerTurn = 50;
const turn = () => new Promise((resolve) => setImmediate(resolve));

export function callSettler(options: CallSettlerOptions): CallSettler {
  const { store, run, session, decisions, logger, now } = options;
  let anomalousCalls = 0;
  let blockedCalls = 0;
  let decided = 0;

  const decideSettled = async (arrivedBefore: number): Promise<Detection[]> => {
    const detections: Detection[] = [];
    const waiting = session.takeSettled(arrivedBefore);
    try {
      for (const call of [...waiting]) {
        const recorded = await decide(call);
        waiting.shift();
        detections.push(...recorded);
      }
    } finally {
      session.putBack(waiting);
    }
    return detections;
  };

  const decide = async (call: Call): Promise<Detection[]> => {
    const before = call.verdict;
    const { verdict, detectionId, recorded } = await decisions.decide(session.context(call));
    call.verdict = verdict;
    if (detectionId !== undefined) call.detectionId = detectionId;
    if (verdict === "anomalous" && before !== verdict) anomalousCalls += 1;
    if (verdict === "blocked" && before !== verdict) blockedCalls += 1;
    session.changed(call);
    await report(recorded);
    return recorded;
  };

  const report = async (recorded: readonly Detection[]) => {
    for (const { id, subject } of recorded) {
      logger.info({ detection: id, subject }, "detection recorded");
    }
    decided += 1;
    if (decided % decisionsPerTurn === 0) await turn();
  };

  /** More may be known of calls that were decided on: what they moved, what they asked for. */
  const lookAgain = async (): Promise<Detection[]> => {
    const detections: Detection[] = [];
    const changed = session.takeChanged();
    try {
      for (const call of changed) {
        if (call.verdict === "undecided") continue;
        const recorded = await decisions.changed(session.context(call));
        if (recorded[0]) markAnomalous(call, recorded[0]);
        detections.push(...recorded);
        await report(recorded);
      }
    } finally {
      for (const call of changed) session.changed(call);
    }
    return detections;
  };

  const markAnomalous = (call: Call, { id }: Detection) => {
    if (call.verdict !== "anomalous") anomalousCalls += 1;
    call.verdict = "anomalous";
    call.detectionId ??= id;
  };

  const writeChanges = async (isOver: boolean) => {
    const changed = session.takeChanged();
    try {
      if (changed.length > 0) await store.calls.put(changed);
    } catch (error) {
      for (const call of changed) session.changed(call);
      throw error;
    }
    await store.runs.update(run.key, {
      ...session.facts,
      counts: { ...session.counts(), anomalousCalls, blockedCalls },
      coverage: session.coverage({ now: now(), isOver }),
      lastHeardAt: session.lastHeardAt,
    });
  };

  return {
    async settle(arrivedBefore, isOver) {
      const detections = await decideSettled(arrivedBefore);
      detections.push(...(await lookAgain()));
      await writeChanges(isOver);
      return detections;
    },
  };
}
