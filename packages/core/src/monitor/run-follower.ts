import type { FilledBaselineOptions } from "../baseline/baseline-options.js";
import { learnRun } from "../baseline/learn-run.js";
import { baselineMaturity } from "../baseline/maturity.js";
import { everyItem } from "../contracts/every-item.js";
import type { Logger } from "../contracts/logger.js";
import type { Learn } from "../contracts/store/baseline-store.js";
import type { Store } from "../contracts/store.js";
import { runBundle } from "../delivery/bundle.js";
import type { Delivery } from "../delivery/delivery.js";
import type { Detection } from "../detection/detection.js";
import type { CaptureEvent } from "../events/event.js";
import type { RunFacts, RunOutcome, RunRecord } from "../run/run.js";
import { runSession, type SessionLimits } from "../run/run-session.js";
import { StraycallError } from "../straycall-error.js";
import type { CurrentRules } from "../suppression/active-rules.js";
import { callSettler } from "./call-settler.js";
import { runDecisions } from "./run-decisions.js";
import type { RunReport } from "./run-report.js";

export interface RunFollowerOptions {
  store: Store;
  run: RunRecord;
  baseline: FilledBaselineOptions;
  rules: () => Promise<CurrentRules>;
  plan: (detection: Detection) => Promise<Delivery[]>;
  /** Hears of the run's end, if this is who ended it. */
  finished: (report: RunReport) => void;
  limits?: SessionLimits | undefined;
  logger: Logger;
  now: () => number;
}

/** What became of events that were handed in. */
export interface Observed {
  /** Events that the log now holds and did not before. */
  stored: number;
  /** Events that the log held already. */
  duplicates: number;
  /** Detections that these events made. */
  detections: Detection[];
}

/**
 * Follows one run's log: everything it knows is a fold over that log, so several processes may follow one run,
 * and a restarted process picks it up again.
 */
export interface RunFollower {
  /** Adds what the run's record does not hold yet. Throws CONFIG_INVALID if the run is in another mode. */
  complete(facts: RunFacts): Promise<void>;
  observe(events: readonly CaptureEvent[]): Promise<Observed>;
  finish(end: { outcome: RunOutcome; finishedAt?: number }): Promise<RunReport>;
  /**
   * Ends the run if no capture agent that promised heartbeats was heard of for `silentMs`. Its outcome is unknown and
   * it teaches nothing: nobody saw it to its end. Answers whether it did.
   */
  abandon(silentMs: number): Promise<boolean>;
  /** Waits for what is under way and follows no further. */
  close(): Promise<void>;
  /** Wall clock of the last use, epoch milliseconds. */
  readonly lastUsedAt: number;
  /** Nobody will hear of this run again, as far as it knows. */
  readonly isFinished: boolean;
}

/** How long a call may wait for more to be known of it (its request, its claimed name) before it is decided on. */
const graceMs = 1_000;
const minTimerMs = 100;
const readChunk = 5_000;

export async function followRun(options: RunFollowerOptions): Promise<RunFollower> {
  const { store, run, baseline, limits, logger, now } = options;
  const session = runSession(run.key, limits);
  const decisions = runDecisions(options, await store.baselines.get(run.jobKey));
  const settler = callSettler({ store, run, session, decisions, logger, now });
  await recallAnomalies();
  let applied = 0;
  let isFinished = run.outcome !== undefined;
  let lastUsedAt = now();
  let timer: NodeJS.Timeout | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  /** One thing at a time: the log has one order. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    lastUsedAt = now();
    const result = queue.then(work);
    queue = result.catch(() => {});
    return result;
  };

  const apply = (sequence: number, event: CaptureEvent, heardAt = now()) => {
    session.apply(event, now(), heardAt);
    applied = sequence;
    if (event.type === "run.started") Object.assign(run, session.facts);
  };

  /** Reads what other processes, or this one before a restart, added to the log. */
  const catchUp = async (heardAt?: number) => {
    for (;;) {
      const logged = await store.events.read(run.key, applied, readChunk);
      for (const { sequence, event } of logged) apply(sequence, event, heardAt);
      if (logged.length < readChunk) return;
    }
  };

  const append = async (events: readonly CaptureEvent[]) => {
    const sequences = await store.events.append(run.key, events);
    const fresh = events.flatMap((event, index) => {
      const sequence = sequences[index];
      return sequence === undefined ? [] : [{ sequence, event }];
    });
    const isNext = fresh[0]?.sequence === applied + 1;
    if (isNext) for (const { sequence, event } of fresh) apply(sequence, event);
    // Others wrote in between, or an earlier append was stored although it failed.
    else if (events.length > 0) await catchUp();
    return fresh.length;
  };

  /** What this run was told to be anomalous stays so, though the baseline may have learned it since. */
  async function recallAnomalies() {
    const own = everyItem((query) => store.detections.list({ ...query, runKey: run.key }));
    for await (const detection of own) decisions.recall(detection);
    const anomalous = everyItem((query) =>
      store.calls.list(run.key, { ...query, anomalousOnly: true }),
    );
    const known = new Map<string, Detection | undefined>();
    for await (const { id, detectionId } of anomalous) {
      if (detectionId === undefined) continue;
      const detection = known.get(detectionId) ?? (await store.detections.get(detectionId));
      known.set(detectionId, detection);
      if (detection === undefined) continue;
      decisions.recall(detection);
      settler.recall(id, detection);
    }
  }

  /** Decides on the calls that are known well enough and writes everything down; what fails is tried again later. */
  const settle = async (arrivedBefore: number, isOver = isFinished): Promise<Detection[]> => {
    const judgedAt = now();
    try {
      return await settler.settle(isOver ? Number.POSITIVE_INFINITY : arrivedBefore, isOver);
    } finally {
      armTimer(judgedAt);
    }
  };

  /** Calls of a run that has gone quiet are decided on all the same, and an agent that has gone silent is told. */
  function armTimer(judgedAt: number) {
    clearTimeout(timer);
    // An agent that fell silent since is still to be told, however long the writing took.
    const dues = [undecidedDue(), isFinished ? undefined : session.silentAt(judgedAt)];
    const due = Math.min(...dues.filter((time) => time !== undefined));
    if (due === Number.POSITIVE_INFINITY) return;
    timer = setTimeout(() => void inTurn(settleQuiet), Math.max(minTimerMs, due - now()));
    timer.unref();
  }

  const undecidedDue = (): number | undefined => {
    if (session.oldestUndecided !== undefined) return session.oldestUndecided + graceMs + 1;
    return session.hasSettled ? 0 : undefined;
  };

  const settleQuiet = async () => {
    try {
      await catchUp();
      await settle(now() - graceMs);
      await finishIfTold();
    } catch (error) {
      logger.error({ run: run.key, err: error }, "could not decide on waiting calls");
    }
  };

  const finishRun = async (
    end: { outcome: RunOutcome; finishedAt?: number },
    wasAbandoned = false,
  ): Promise<{ report: RunReport; detections: Detection[] }> => {
    await catchUp();
    const detections = await settle(Number.POSITIVE_INFINITY, true);
    // A run that nobody watched, or not to its end, shows nothing: what it did not call must not count as normal.
    const { level } = session.coverage({ now: now(), isOver: true });
    const teaches = run.mode === "audit" && level !== "none" && !wasAbandoned;
    const { sightings, surprises } = await decisions.lessons();
    const { admit, forgetAfterRuns, outliers } = baseline;
    const learn: Learn | undefined = teaches
      ? (before) =>
          learnRun(before, run.jobKey, sightings, {
            counts: end.outcome !== "cancelled",
            admit,
            surprises,
            ...(forgetAfterRuns === undefined ? {} : { forgetAfterRuns }),
            ...(outliers === undefined ? {} : { outliers }),
          })
      : undefined;
    // Before it ends: a run that a crash left open ends again.
    await store.deliveries.hasten(runBundle(run.key), now());
    const isFirst = await store.runs.finish(
      run.key,
      { outcome: end.outcome, finishedAt: end.finishedAt ?? now() },
      learn,
    );
    isFinished = true;
    const made = await report();
    if (isFirst) options.finished(made);
    return { report: made, detections };
  };

  /** Ends the run if its log says that it ended. */
  const finishIfTold = async (): Promise<Detection[]> => {
    const { finished } = session;
    if (finished === undefined || isFinished) return [];
    const end = { outcome: finished.outcome, finishedAt: finished.time };
    return (await finishRun(end)).detections;
  };

  const report = async (): Promise<RunReport> => {
    const [stored, detections, learned] = await Promise.all([
      store.runs.get(run.key),
      allDetections(),
      store.baselines.get(run.jobKey),
    ]);
    return {
      run: stored ?? run,
      detections,
      baseline: {
        runs: learned?.runs ?? 0,
        endpoints: Object.keys(learned?.endpoints ?? {}).length,
        maturity: baselineMaturity(learned, baseline.learningRuns),
      },
    };
  };

  const allDetections = async () => {
    const found: Detection[] = [];
    const ofRun = everyItem((query) => store.detections.list({ ...query, runKey: run.key }));
    for await (const detection of ofRun) found.push(detection);
    return found.reverse();
  };

  await inTurn(async () => {
    await catchUp(run.lastHeardAt);
    if (applied === 0) return;
    await settle(now() - graceMs);
    await finishIfTold();
  });

  const complete = async ({ mode, ...told }: RunFacts) => {
    if (mode !== undefined && mode !== run.mode) {
      const message = `run ${run.key} is in ${run.mode} mode already`;
      throw new StraycallError("CONFIG_INVALID", message, { field: "mode" });
    }
    const missing = Object.entries(told).filter(
      ([field]) => run[field as keyof RunRecord] === undefined,
    );
    if (missing.length === 0) return;
    const facts: RunFacts = Object.fromEntries(missing);
    Object.assign(run, facts);
    await store.runs.update(run.key, facts);
  };

  return {
    complete: (facts) => inTurn(() => complete(facts)),
    observe: (events) =>
      inTurn(async () => {
        const stored = await append(events);
        const detections = await settle(now() - graceMs);
        detections.push(...(await finishIfTold()));
        return { stored, duplicates: events.length - stored, detections };
      }),
    finish: (end) => inTurn(async () => (await finishRun(end)).report),
    abandon: (silentMs) =>
      inTurn(async () => {
        await catchUp();
        await finishIfTold();
        const heardAt = session.lastHeardAt;
        if (isFinished || heardAt === undefined || now() - heardAt <= silentMs) return false;
        await finishRun({ outcome: "unknown", finishedAt: heardAt }, true);
        return true;
      }),
    async close() {
      clearTimeout(timer);
      await queue;
      clearTimeout(timer);
    },
    get lastUsedAt() {
      return lastUsedAt;
    },
    get isFinished() {
      return isFinished;
    },
  };
}
