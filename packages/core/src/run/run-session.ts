import type { CaptureEvent, EventOf } from "../events/event.js";
import { agentWatch } from "./agent-watch.js";
import type { Call, CallContext } from "./call.js";
import { callTable } from "./call-table.js";
import { nameTable } from "./name-table.js";
import type { ProcessRecord } from "./process.js";
import { processTable } from "./process-table.js";
import type { Coverage, RunCounts, RunFacts, RunKey, RunOutcome } from "./run.js";
import type { RunStep } from "./step.js";
import { stepTimes } from "./step-times.js";
import { stepTracker } from "./step-tracker.js";

/** How much of its own run a session keeps in memory; past that the oldest is forgotten, and coverage says so. */
export interface SessionLimits {
  processes: number;
  names: number;
  /** Calls that may still change. */
  calls: number;
}

const defaultSessionLimits: SessionLimits = {
  processes: 100_000,
  names: 100_000,
  calls: 20_000,
};

/**
 * Correlates the events of one run, in the order of its log, into calls.
 *
 * It decides nothing and stores nothing: the same events in the same order always make the same calls.
 */
export interface RunSession {
  /**
   * `arrivedAt` is the wall clock of whoever applies it, epoch milliseconds; `heardAt` when the event came, where that
   * was earlier.
   */
  apply(event: CaptureEvent, arrivedAt: number, heardAt?: number): void;
  /**
   * Calls to decide on now: those known well enough (a request was seen, the connect failed, the connection
   * closed, or nothing more is to come), and those that arrived before `arrivedBefore`. Gives each once.
   */
  takeSettled(arrivedBefore: number): Call[];
  /** Gives back calls that could not be decided on: they are settled again at once. */
  putBack(calls: readonly Call[]): void;
  /** Calls that changed since they were taken last. */
  takeChanged(): Call[];
  /** Processes that changed since they were taken last. */
  takeChangedProcesses(): ProcessRecord[];
  /** Gives back processes that could not be written down. */
  putBackProcesses(processes: readonly ProcessRecord[]): void;
  /** Its steps in the order they began; unset while none is known. */
  steps(): RunStep[] | undefined;
  /** Says that a decision changed the call. */
  changed(call: Call): void;
  context(call: Call): CallContext;
  counts(): Omit<RunCounts, "anomalousCalls" | "blockedCalls">;
  /** `isOver` if nothing more is to come, whatever the log says. */
  coverage(at: { now: number; isOver: boolean }): Coverage;
  /** When the next capture agent counts as silent, if nothing comes from it until then. */
  silentAt(now: number): number | undefined;
  /** When anything came from a capture agent that promised heartbeats. */
  readonly lastHeardAt: number | undefined;
  /** Some calls are known well enough and wait to be taken. */
  readonly hasSettled: boolean;
  /** When the oldest call that nobody decided on arrived. */
  readonly oldestUndecided: number | undefined;
  /** What `run.started` events told, but for the mode: that is settled when the run is made. */
  readonly facts: RunFacts;
  /** Set by a `run.finished` event. */
  readonly finished: { outcome: RunOutcome; time: number } | undefined;
}

const maxReasons = 32;
/** Stands for those past that: what was lost for them counts all the same. */
const furtherReasons = "further reasons";

export function runSession(
  runKey: RunKey,
  limits: SessionLimits = defaultSessionLimits,
): RunSession {
  const processes = processTable(limits.processes);
  const names = nameTable(limits.names);
  const steps = stepTracker();
  const times = stepTimes();
  const calls = callTable(runKey, limits.calls);
  const agents = agentWatch();
  const reasons = new Map<string, number>();
  const facts: RunFacts = {};
  let finished: RunSession["finished"];
  let events = 0;
  let captured = 0;
  let isAttached = false;

  const lose = (reason: string, count: number) => {
    const key = reasons.size < maxReasons || reasons.has(reason) ? reason : furtherReasons;
    reasons.set(key, (reasons.get(key) ?? 0) + count);
  };

  const learnFacts = ({ mode: _, ...told }: RunFacts) => {
    // Not the mode: whoever could switch a run to `block` could keep it from being told.
    Object.assign(facts, told);
  };

  const lineage = (process: ProcessRecord) =>
    [process, ...processes.ancestors(process)].map((member) => member.entityId);

  const namesOf = (
    process: ProcessRecord,
    address: string,
    { time, network: { namespace } }: EventOf<"network.connect">,
  ) => names.namesOf(lineage(process), { address, time, namespace });

  const exec = (event: EventOf<"process.exec">) => {
    const process = processes.exec(event);
    steps.settle(process, processes.ancestors(process), event.step);
    times.seen(process, event.time);
    calls.commandKnown(process);
  };

  const exit = (event: EventOf<"process.exit">) => {
    const process = processes.exit(event);
    if (process) times.seen(process, event.time);
  };

  const connect = (event: EventOf<"network.connect">, arrivedAt: number) => {
    const process = processes.seen(event.process, event.time);
    times.seen(process, event.time);
    const { ip } = event.destination;
    const surroundings = {
      process,
      names: ip === undefined ? [] : namesOf(process, ip, event),
      step: steps.stepOf(process, processes.ancestors(process)),
    };
    calls.connect(event, surroundings, arrivedAt);
  };

  return {
    apply(event, arrivedAt, heardAt = arrivedAt) {
      events += 1;
      agents.apply(event, heardAt);
      if (!event.type.startsWith("run.") && !event.type.startsWith("step.")) captured += 1;
      switch (event.type) {
        case "run.started":
          learnFacts({ startedAt: event.time, ...event.run });
          break;
        case "run.finished":
          finished = { outcome: event.run.outcome, time: event.time };
          break;
        case "step.started":
        case "step.finished":
          steps.apply(event);
          times.apply(event);
          break;
        case "process.exec":
          exec(event);
          break;
        case "process.fork":
          processes.fork(event);
          break;
        case "process.exit":
          exit(event);
          break;
        case "dns.answer":
          names.answer(processes.entityOf(event.process), event);
          break;
        case "dns.question":
        case "dns.questions":
          calls.question(event);
          break;
        case "network.connect":
          connect(event, arrivedAt);
          break;
        case "network.result":
          calls.result(event);
          break;
        case "network.close":
          calls.close(event);
          break;
        case "tls.hello":
          calls.hello(event);
          break;
        case "http.request":
          calls.request(event);
          break;
        case "http.response":
          calls.response(event);
          break;
        case "capture.started":
          isAttached = true;
          names.trust(event.agent);
          for (const blindSpot of event.agent.blind_spots ?? []) lose(blindSpot, 0);
          break;
        case "capture.lost":
          lose(event.lost.reason, event.lost.count);
          break;
      }
    },
    takeSettled: calls.takeSettled,
    putBack: calls.putBack,
    takeChanged: calls.takeChanged,
    takeChangedProcesses: processes.takeChanged,
    putBackProcesses: processes.putBack,
    steps() {
      const known = times.list();
      return known.length > 0 ? known : undefined;
    },
    changed: calls.changed,
    context(call) {
      const caller = calls.callerOf(call);
      const process = caller?.commandLine ? caller : processes.get(call.processId);
      return { call, process, ancestors: processes.ancestors(process) };
    },
    counts: () => ({
      events,
      processes: processes.size,
      calls: calls.size,
      ...(steps.contradicted === 0 ? {} : { contradictedSteps: steps.contradicted }),
    }),
    coverage({ now, isOver }) {
      const end = { now, isOver: isOver || finished !== undefined, endedAt: finished?.time };
      const unheard = agents.problems(end);
      const forgotten = { processes, names, calls };
      const memory = Object.entries(forgotten)
        .filter(([, table]) => table.forgotten > 0)
        .map(([what, table]) => `${table.forgotten} ${what} forgotten: more than fit in memory`);
      const told = [...reasons.values()].reduce((sum, count) => sum + count, 0);
      const lost = told + unheard.missing;
      const losses = [...reasons].map(([reason, count]) =>
        count > 0 ? `${count} events lost: ${reason}` : reason,
      );
      if (captured === 0) return { level: "none", lost, reasons: ["No capture agent reported."] };
      const unsure = isAttached ? [] : ["No capture agent said since when it saw everything."];
      const why = [...unsure, ...losses, ...unheard.reasons, ...memory];
      return { level: why.length > 0 ? "partial" : "full", lost, reasons: why };
    },
    get hasSettled() {
      return calls.hasSettled;
    },
    get oldestUndecided() {
      return calls.oldestUndecided;
    },
    silentAt: agents.silentAt,
    get lastHeardAt() {
      return agents.lastHeardAt;
    },
    facts,
    get finished() {
      return finished;
    },
  };
}
