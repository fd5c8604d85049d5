import { z } from "zod";
import { baselineOptions } from "../baseline/baseline-options.js";
import type { CaptureAgent } from "../contracts/capture-agent.js";
import { everyItem } from "../contracts/every-item.js";
import { silentLogger } from "../contracts/logger.js";
import { createOutbox } from "../delivery/outbox.js";
import { planDeliveries } from "../delivery/plan-deliveries.js";
import { defaultRetrySchedule } from "../delivery/retry-schedule.js";
import type { Detection } from "../detection/detection.js";
import type { ReviewRequest } from "../detection/review-request.js";
import { type CaptureEvent, captureEventSchema } from "../events/event.js";
import { firstProblem, parseEvents, type RejectedEvent } from "../events/parse-events.js";
import { rejectedAsLost } from "../events/rejected-as-lost.js";
import { type InvestigateQuery, investigate } from "../investigation/investigate.js";
import type { Investigation } from "../investigation/investigation.js";
import { keptAnswers } from "../investigation/kept-answers.js";
import type { PlatformFacts } from "../investigation/platform-facts.js";
import type { RunLog } from "../investigation/run-log.js";
import { runLogs } from "../investigation/run-logs.js";
import { jobKey } from "../job/job.js";
import {
  type RunKey,
  type RunOutcome,
  type RunRecord,
  type RunRef,
  type RunStart,
  runFactsSchema,
  runKey,
  runRefSchema,
  runStartSchema,
} from "../run/run.js";
import { defaultNotificationSettings } from "../settings/notification-settings.js";
import { type StoredSettings, storedSettings } from "../settings/stored-settings.js";
import { StraycallError } from "../straycall-error.js";
import { activeRules } from "../suppression/active-rules.js";
import { checkNotifiers, checkNotifyFrom, type MonitorOptions } from "./monitor-options.js";
import { type Notifiers, notifiersOf } from "./notifiers.js";
import { reviews } from "./reviews.js";
import { runEnds } from "./run-ends.js";
import { followRun, type Observed, type RunFollower } from "./run-follower.js";
import type { RunReport } from "./run-report.js";
import { type Suppressions, suppressions } from "./suppressions.js";
import { watchAgent } from "./watch-agent.js";

/** What became of events from outside. */
export interface Ingested extends Observed {
  /** Events that did not fit the schema; the others were taken. The run's coverage counts them as lost. */
  rejected: RejectedEvent[];
}

/** A run that is being observed. */
export interface Run {
  readonly key: RunKey;
  /** Takes events as they came from outside: checks each, masks secrets, leaves out those it has seen. */
  observe(events: unknown | readonly unknown[]): Promise<Ingested>;
  /** Observes an agent until it ends, which is when `signal` aborts. Throws if the agent or the store breaks. */
  watch(agent: CaptureAgent, signal: AbortSignal): Promise<void>;
  /** Ends the run and teaches its job's baseline; ending it again changes nothing. */
  finish(end?: { outcome?: RunOutcome }): Promise<RunReport>;
}

/** The whole of Straycall: takes events, learns baselines, records detections, tells them. */
export interface Monitor {
  /** Starts a run, or joins it if it is there already. Throws CONFIG_INVALID naming the field. */
  startRun(start: RunStart): Promise<Run>;
  /**
   * Takes a batch as it came over the network: `{ run: { job, runId, attempt }, events: [...] }`.
   *
   * @throws StraycallError EVENT_INVALID if the batch itself is malformed; single events are `rejected` instead.
   */
  ingest(batch: unknown): Promise<Ingested>;
  /**
   * Picks up the runs that a crash left open: decides on what their logs hold, and ends those whose log says so.
   * For a service to call when it starts. Answers with how many runs are still open.
   */
  resume(): Promise<number>;
  /**
   * Ends the runs whose capture agent promised to be heard of and was not for `silentMs`: it was killed, and nobody else
   * will end them. Their outcome is unknown and they teach nothing. Answers with how many there were.
   */
  endAbandoned(silentMs: number): Promise<number>;
  /**
   * Takes down that somebody looked at a detection, and tells it where it was told. Acknowledged or resolved, what it tells
   * of counts as evidence from the next run on.
   *
   * @throws StraycallError CONFIG_INVALID naming the field, NOT_FOUND if there is no such detection
   */
  review(detectionId: string, request: ReviewRequest): Promise<Detection>;
  /**
   * Puts together what is known of why a detection's call was made: step, process chain, what else these processes called, what
   * the build log says, what changed since the run before, where else it was seen, who is suspected.
   *
   * What the CI platform does not answer is told as unknown.
   *
   * @throws StraycallError NOT_FOUND if there is no such detection
   */
  investigate(detectionId: string, query?: InvestigateQuery): Promise<Investigation>;
  /**
   * A run's build log, its clock set by the capture agent's; `undefined` without a CI provider that has it.
   *
   * @throws StraycallError NOT_FOUND if there is no such run; what the provider throws
   */
  buildLog(runKey: RunKey): Promise<RunLog | undefined>;
  readonly suppressions: Suppressions;
  readonly settings: StoredSettings;
  readonly notifiers: Notifiers;
  /** Resolves when no notification is due any more, or those who do not answer are left alone for a while. */
  idle(): Promise<void>;
  /** Sends what is due, waits for what is under way, and stops. The store stays open: it is the caller's. */
  close(): Promise<void>;
}

/** A batch of more events than this is refused whole. */
export const maxBatchEvents = 10_000;

const batchSchema = z.object({
  run: runRefSchema,
  events: z.array(z.unknown()).max(maxBatchEvents),
});

/** How long an investigation is not asked for anew what the CI platform said of a run that has ended. */
const saidForMs = 600_000;
const saidDetections = 100;

/** A run that nobody heard of for this long is let go from memory; its log brings it back. */
const idleFollowerMs = 3_600_000;

export function createMonitor(options: MonitorOptions): Monitor {
  const { store, logger = silentLogger, now = Date.now } = options;
  const notifiers = checkNotifiers(options.notifiers ?? []);
  const names = notifiers.map(({ name }) => name);
  const defaults = defaultNotificationSettings(checkNotifyFrom(options.notifyFrom));
  const settings = storedSettings(store, defaults, names, { now, logger });
  const plan = async (detection: Detection) =>
    planDeliveries(detection, await settings.get(), names, store);
  const rules = activeRules(store, now);
  const ends = runEnds({ notifiers, logger });
  const reviewing = reviews({ store, notifiers, now });
  const baseline = baselineOptions(options.baseline);
  const { ci: provider, ciPatienceMs = 30_000 } = options;
  const logs = runLogs(store, provider);
  const said = keptAnswers<PlatformFacts>(
    { keepMs: saidForMs, limit: saidDetections },
    // A log may come a while after the run's end.
    ({ missed, log }) => missed.length === 0 && (log !== undefined || !provider?.log),
    now,
  );
  const investigating = {
    ...{ store, provider, logs, said },
    ...{ prior: baseline.prior, patienceMs: ciPatienceMs },
  };
  const outbox = createOutbox({
    store,
    notifiers,
    links: options.links ?? {},
    retry: { ...defaultRetrySchedule, ...options.retry },
    logger,
    now,
  });
  const followers = new Map<RunKey, Promise<RunFollower>>();
  /** Those of them that are there already. */
  const opened = new Map<RunKey, RunFollower>();
  let isClosed = false;

  const follow = async (start: RunStart): Promise<{ key: RunKey; follower: RunFollower }> => {
    if (isClosed) throw new StraycallError("CLOSED", "the monitor is closed");
    const record = newRunRecord(start, now());
    const following = followers.get(record.key) ?? openFollower(record);
    followers.set(record.key, following);
    following.catch(() => followers.delete(record.key));
    return { key: record.key, follower: await following };
  };

  const openFollower = async (record: RunRecord): Promise<RunFollower> => {
    await letIdleGo();
    const learned = await store.baselines.get(record.jobKey);
    const run = await store.runs.start({ ...record, baselineRuns: learned?.runs ?? 0 });
    const follower = await followRun({
      store,
      run,
      baseline,
      rules,
      plan,
      finished: ends.tell,
      limits: options.limits,
      logger,
      now,
    });
    opened.set(record.key, follower);
    return follower;
  };

  const letIdleGo = async () => {
    for (const [key, follower] of opened) {
      if (now() - follower.lastUsedAt > idleFollowerMs) await letGo(key, follower);
    }
  };

  const letGo = async (key: RunKey, follower: RunFollower) => {
    followers.delete(key);
    opened.delete(key);
    await follower.close();
  };

  const observe = async (start: RunStart, events: readonly CaptureEvent[]): Promise<Observed> => {
    const { key, follower } = await follow(start);
    const observed = await follower.observe(events);
    if (observed.detections.length > 0) outbox.wake();
    if (follower.isFinished) await letGo(key, follower);
    return observed;
  };

  /** Takes events as they came from outside. */
  const take = async (start: RunStart, raw: readonly unknown[]): Promise<Ingested> => {
    // Nothing makes no run.
    if (raw.length === 0) return { stored: 0, duplicates: 0, detections: [], rejected: [] };
    const parsed = parseEvents(raw);
    const observed = await observe(start, parsed.events);
    const lost = await rejectedAsLost(raw, parsed, now());
    if (lost) observed.detections.push(...(await observe(start, [lost])).detections);
    return { ...observed, rejected: parsed.rejected };
  };

  return {
    async startRun(start) {
      const { key, follower } = await follow(start);
      await follower.complete(runFactsSchema.parse(start));
      return {
        key,
        observe: (raw) => take(start, Array.isArray(raw) ? raw : [raw]),
        watch: (agent, signal) => watchAgent(agent, signal, (events) => take(start, events)),
        async finish({ outcome = "unknown" } = {}) {
          const { follower } = await follow(start);
          const report = await follower.finish({ outcome });
          outbox.wake();
          await letGo(key, follower);
          return report;
        },
      };
    },
    async ingest(batch) {
      const parsed = batchSchema.safeParse(batch);
      if (!parsed.success) throw invalidBatch(parsed.error);
      return take(withToldMode(parsed.data.run, parsed.data.events), parsed.data.events);
    },
    async resume() {
      let open = 0;
      const unfinished = everyItem((query) => store.runs.list({ ...query, unfinishedOnly: true }));
      for await (const { key, job, runId, attempt } of unfinished) {
        try {
          const { follower } = await follow({ job, runId, attempt });
          if (follower.isFinished) await letGo(key, follower);
          else open += 1;
        } catch (error) {
          // One bad run must not keep a service from starting.
          logger.error({ run: key, err: error }, "could not resume the run");
        }
      }
      outbox.wake();
      return open;
    },
    async endAbandoned(silentMs) {
      let ended = 0;
      const unfinished = everyItem((query) => store.runs.list({ ...query, unfinishedOnly: true }));
      for await (const { key, job, runId, attempt, lastHeardAt } of unfinished) {
        if (lastHeardAt === undefined || now() - lastHeardAt <= silentMs) continue;
        try {
          const { follower } = await follow({ job, runId, attempt });
          if (await follower.abandon(silentMs)) ended += 1;
          if (follower.isFinished) await letGo(key, follower);
        } catch (error) {
          logger.error({ run: key, err: error }, "could not end the abandoned run");
        }
      }
      outbox.wake();
      return ended;
    },
    async review(id, request) {
      const detection = await reviewing.review(id, request);
      outbox.wake();
      return detection;
    },
    investigate: (id, query) => investigate(investigating, id, query),
    async buildLog(key) {
      const run = await store.runs.get(key);
      if (run === undefined) throw new StraycallError("NOT_FOUND", `there is no run ${key}`);
      return logs.read(run, AbortSignal.timeout(ciPatienceMs));
    },
    suppressions: suppressions({ store, reviews: reviewing, plan, now }),
    settings,
    notifiers: notifiersOf({ store, notifiers, outbox, now }),
    idle: () => outbox.idle(),
    async close() {
      if (isClosed) return;
      isClosed = true;
      for (const following of followers.values()) {
        await (await following.catch(() => undefined))?.close();
      }
      followers.clear();
      opened.clear();
      await outbox.close();
      await ends.close();
    },
  };
}

function newRunRecord(start: RunStart, now: number): RunRecord {
  const parsed = runStartSchema.safeParse(start);
  if (!parsed.success) {
    const { field, message } = firstProblem(parsed.error);
    throw new StraycallError("CONFIG_INVALID", `run ${field}: ${message}`, { field });
  }
  const { mode = "audit", startedAt = now, ...known } = parsed.data;
  return {
    ...known,
    mode,
    startedAt,
    key: runKey(known),
    jobKey: jobKey(known.job),
    coverage: { level: "none", lost: 0, reasons: ["No capture agent reported."] },
    counts: { events: 0, processes: 0, calls: 0, anomalousCalls: 0 },
    baselineRuns: 0,
  };
}

/** A run that its events make is in the mode that the first of them says; nothing later changes it. */
function withToldMode(run: RunRef, events: readonly unknown[]): RunStart {
  const started = captureEventSchema.safeParse(events[0]);
  const mode = started.data?.type === "run.started" ? started.data.run.mode : undefined;
  return mode === undefined ? run : { ...run, mode };
}

function invalidBatch(error: z.ZodError): StraycallError {
  const { field, message } = firstProblem(error);
  return new StraycallError("EVENT_INVALID", `${field || "batch"}: ${message}`, { field });
}
