import { utcTime } from "../display/utc-time.js";
import type { CaptureEvent, EventOf } from "../events/event.js";
import { type NumberGaps, numberGaps } from "./number-gaps.js";

/** Whether a run's capture agents were heard of as they promised, and whether all that they sent has come. */
export interface AgentWatch {
  /** `arrivedAt` is the wall clock when the event came, epoch milliseconds. */
  apply(event: CaptureEvent, arrivedAt: number): void;
  /** What keeps the coverage from being full, one sentence each, and how many events are known to be missing. */
  problems(at: WatchTime): { reasons: string[]; missing: number };
  /** When the next agent counts as silent, if nothing comes from it until then. */
  silentAt(now: number): number | undefined;
  /** When anything came from an agent that promised heartbeats. */
  readonly lastHeardAt: number | undefined;
}

export interface WatchTime {
  now: number;
  /** Nothing more is to come. */
  isOver: boolean;
  /** When the run ended, if its log says so. */
  endedAt?: number | undefined;
}

/** An agent that numbers its events and promised to be heard of. */
interface WatchedAgent {
  name: string;
  /** Longer than this without a heartbeat is silence. */
  patienceMs: number;
  gaps: NumberGaps;
  /** Losses that its heartbeats counted, and those that were told. */
  lostCounted: number;
  lostTold: number;
  /** By its own clock. */
  lastBeat: number;
  lastHeardAt: number;
  stoppedAt?: number;
  silences: number;
  longestSilence: number;
  longestWayBack: number;
}

/** More of them in one run are nobody's: an agent that is restarted again and again. */
const maxAgents = 64;
const missedBeats = 4;
/** Less is a clock that is being set right. */
const toleratedWayBackMs = 1_000;

export function agentWatch(): AgentWatch {
  const agents = new Map<string, WatchedAgent>();
  let unwatched = 0;
  let refused = 0;
  let lastHeardAt: number | undefined;

  const start = ({ agent, time }: EventOf<"capture.started">, arrivedAt: number) => {
    const { name, ephemeral_id: id, heartbeat_ms: interval } = agent;
    if (id === undefined || interval === undefined || agents.has(id)) return;
    if (agents.size >= maxAgents) {
      unwatched += 1;
      return;
    }
    agents.set(id, {
      name,
      patienceMs: missedBeats * interval,
      gaps: numberGaps(),
      lostCounted: 0,
      lostTold: 0,
      lastBeat: time,
      lastHeardAt: arrivedAt,
      silences: 0,
      longestSilence: 0,
      longestWayBack: 0,
    });
  };

  const beat = (event: EventOf<"capture.heartbeat"> | EventOf<"capture.stopped">) => {
    const agent = agents.get(event.agent.ephemeral_id);
    if (agent === undefined) return;
    agent.gaps.givenOut(Math.floor(event.sent.events));
    agent.lostCounted = Math.max(agent.lostCounted, event.sent.lost);
    const since = event.time - agent.lastBeat;
    if (since > agent.patienceMs) agent.silences += 1;
    agent.longestSilence = Math.max(agent.longestSilence, since);
    agent.longestWayBack = Math.max(agent.longestWayBack, -since);
    agent.lastBeat = event.time;
    if (event.type === "capture.stopped") agent.stoppedAt = event.time;
  };

  return {
    apply(event, arrivedAt) {
      if (event.type === "capture.started") start(event, arrivedAt);
      const sender = agents.size === 0 ? undefined : senderOf(event.id);
      const agent = sender && agents.get(sender.agent);
      if (agent) {
        agent.gaps.arrived(sender.number);
        agent.lastHeardAt = arrivedAt;
        lastHeardAt = arrivedAt;
      }
      if (event.type === "capture.heartbeat" || event.type === "capture.stopped") beat(event);
      if (event.type !== "capture.lost") return;
      if (agent) agent.lostTold += event.lost.count;
      // Told as lost already: see rejected-as-lost.ts.
      if (event.id.startsWith("refused-")) refused += event.lost.count;
    },
    problems(at) {
      const all = [...agents.values()];
      const unheard = sum(all.map(({ gaps }) => gaps.missing));
      const gone = Math.max(0, unheard - refused);
      const untold = sum(all.map((agent) => Math.max(0, agent.lostCounted - agent.lostTold)));
      const reasons = all.flatMap((agent) => silence(agent, at));
      if (gone > 0)
        reasons.push(`${gone} events lost: the capture agent sent them, and they never came`);
      if (untold > 0)
        reasons.push(`${untold} events lost: counted by the capture agent, and not told`);
      if (unwatched > 0)
        reasons.push("The capture was started too often to tell whether all was heard.");
      return { reasons, missing: gone + untold };
    },
    silentAt(now) {
      const due = [...agents.values()]
        .filter(({ stoppedAt }) => stoppedAt === undefined)
        .map((agent) => agent.lastHeardAt + agent.patienceMs + 1)
        .filter((time) => time > now);
      return due.length === 0 ? undefined : Math.min(...due);
    },
    get lastHeardAt() {
      return lastHeardAt;
    },
  };
}

/** What is to be said of one agent's silence. */
function silence(agent: WatchedAgent, { now, isOver, endedAt }: WatchTime): string[] {
  const { name, patienceMs, silences, longestSilence, longestWayBack, stoppedAt } = agent;
  const reasons: string[] = [];
  if (silences > 0) {
    const times = silences === 1 ? "" : `, and was silent ${silences} times`;
    reasons.push(`The capture agent ${name} said nothing for ${seconds(longestSilence)}${times}.`);
  }
  if (longestWayBack > toleratedWayBackMs) {
    reasons.push(`The clock of the capture agent ${name} went back by ${seconds(longestWayBack)}.`);
  }
  const last = utcTime(agent.lastBeat);
  if (stoppedAt !== undefined) {
    const early = (endedAt ?? stoppedAt) - stoppedAt;
    if (early > patienceMs) {
      reasons.push(`The capture agent ${name} stopped ${seconds(early)} before the run ended.`);
    }
  } else if (isOver) {
    reasons.push(
      `The capture agent ${name} never said that it stopped, and was last heard of at ${last}: it was killed, or the end of what it sent is missing.`,
    );
  } else if (now - agent.lastHeardAt > patienceMs) {
    reasons.push(`The capture agent ${name} has said nothing since ${last}.`);
  }
  return reasons;
}

/** An agent that promises heartbeats numbers its events: `<ephemeral_id>-17`. */
function senderOf(id: string): { agent: string; number: number } | undefined {
  const dash = id.lastIndexOf("-");
  const digits = id.slice(dash + 1);
  return /^\d{1,15}$/.test(digits)
    ? { agent: id.slice(0, dash), number: Number(digits) }
    : undefined;
}

const seconds = (ms: number) => `${Math.round(ms / 1_000)} s`;
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
