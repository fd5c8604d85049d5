import type { CaptureEvent } from "@straycall/core";
import type {
  Fact,
  ProcessIdentity,
  TlsEndFact,
  TlsLinkFact,
  TlsTextFact,
} from "../decode/fact.js";
import { type EventMaker, entityId } from "./event-maker.js";
import { type Exchange, exchange } from "./exchange.js";
import type { OpenCall, OpenCalls } from "./open-calls.js";
import { recentMap } from "./recent-map.js";
import {
  type HeardHead,
  type HeardRequest,
  type RequestReader,
  requestReader,
} from "./request-reader.js";
import {
  type HeardResponse,
  http2ResponseReader,
  type ResponseReader,
  readHttp1Response,
} from "./response-reader.js";

/**
 * Tells the requests that processes make through TLS libraries, each with the call it is made on: the one that the
 * kernel side saw it on, else the only one of the process to that server name. What remains is told as lost.
 */
export interface TlsSessions {
  /** A call said hello to this server. */
  greet(call: OpenCall, at: Fact, serverName: string): void;
  hear(fact: TlsTextFact): CaptureEvent[];
  link(fact: TlsLinkFact): CaptureEvent[];
  end(fact: TlsEndFact): CaptureEvent[];
  /** A call is over: its last word. */
  close(call: OpenCall, at: Fact): CaptureEvent[];
  endProcess(at: Fact): CaptureEvent[];
}

interface TlsSession {
  call?: OpenCall;
  reader?: RequestReader;
  /** Reads the answers of a connection by HTTP/2. */
  responses?: ResponseReader;
  exchange: Exchange;
  /** Requests that wait for their call to be known. */
  untold: { at: Fact; head: HeardHead }[];
  /** Answers that wait with them. */
  untoldResponses: { at: Fact; response: HeardResponse }[];
}

interface TlsProcess {
  sessions: Map<bigint, TlsSession>;
  /** Server names of calls that no session is known to use. */
  greeted: Map<OpenCall, string>;
}

const maxProcesses = 4_096;
const maxPerProcess = 1_024;
const maxUntold = 64;
const unknownCall = "HTTPS requests whose call could not be found";
const unreadable = "HTTPS requests that could not be read";

export function tlsSessions(maker: EventMaker, calls: OpenCalls): TlsSessions {
  let forgotten = 0;
  const processes = recentMap<string, TlsProcess>(maxProcesses, ({ sessions }) => {
    for (const { untold } of sessions.values()) forgotten += untold.length;
  });

  const processOf = ({ pid, start }: ProcessIdentity): TlsProcess => {
    const id = entityId(pid, start);
    const known = processes.get(id) ?? { sessions: new Map(), greeted: new Map() };
    processes.set(id, known);
    return known;
  };

  const sessionOf = ({ sessions }: TlsProcess, pointer: bigint): TlsSession => {
    const session = sessions.get(pointer) ?? freshSession();
    sessions.set(pointer, session);
    dropOldest(sessions, ({ untold }) => {
      forgotten += untold.length;
    });
    return session;
  };

  const freshSession = (): TlsSession => ({
    exchange: exchange(maker),
    untold: [],
    untoldResponses: [],
  });

  const lost = (count: number, reason: string, at: Fact): CaptureEvent[] =>
    count === 0 ? [] : [maker.make("capture.lost", at, { lost: { count, reason } })];

  const lostCalls = (count: number, at: Fact): CaptureEvent[] => {
    const all = count + forgotten;
    forgotten = 0;
    return lost(all, unknownCall, at);
  };

  /** Tells what is known to belong to a call, and keeps the rest waiting. */
  const tell = (session: TlsSession, heard: readonly HeardRequest[], at: Fact): CaptureEvent[] => {
    const heads = heard.filter((request) => request !== "unreadable");
    const unread = lost(heard.length - heads.length, unreadable, at);
    session.untold.push(...heads.map((head) => ({ at, head })));
    const { call, untold, untoldResponses } = session;
    if (call !== undefined) {
      const requests = untold
        .splice(0)
        .map((each) => session.exchange.request(call, each.at, each.head));
      const responses = untoldResponses
        .splice(0)
        .flatMap((each) => session.exchange.response(call, each.at, each.response));
      return [...requests, ...responses, ...unread];
    }
    untoldResponses.splice(0, Math.max(0, untoldResponses.length - maxUntold));
    const excess = untold.splice(0, Math.max(0, untold.length - maxUntold));
    return [...lostCalls(excess.length, at), ...unread];
  };

  const begin = (session: TlsSession, isHttp2: boolean) => {
    session.reader = requestReader(isHttp2);
    if (!isHttp2) return;
    session.responses = http2ResponseReader();
    session.exchange = exchange(maker);
  };

  const hearResponse = (session: TlsSession, fact: TlsTextFact): CaptureEvent[] => {
    const read = fact.isHttp2 ? session.responses : readHttp1Response;
    const responses = read?.(fact.sequence, fact.data) ?? [];
    if (responses.length === 0) return [];
    session.untoldResponses.push(...responses.map((response) => ({ at: fact, response })));
    // Whoever is answered has said all: a head that was cut is told first.
    return tell(session, session.reader?.end() ?? [], fact);
  };

  const tellAs = (session: TlsSession, call: OpenCall, { greeted }: TlsProcess, at: Fact) => {
    session.call = call;
    greeted.delete(call);
    return tell(session, [], at);
  };

  const finish = (process: TlsProcess, session: TlsSession, at: Fact): CaptureEvent[] => {
    const told = tell(session, session.reader?.end() ?? [], at);
    delete session.reader;
    if (session.untold.length === 0) return told;
    const call = onlyCallOf(process, session);
    if (call !== undefined) return [...told, ...tellAs(session, call, process, at)];
    return [...told, ...lostCalls(session.untold.splice(0).length, at)];
  };

  return {
    greet(call, at, serverName) {
      const { greeted } = processOf(at.process);
      greeted.set(call, serverName);
      dropOldest(greeted);
    },
    hear(fact) {
      const session = sessionOf(processOf(fact.process), fact.session);
      if (fact.isInbound) return hearResponse(session, fact);
      const unfinished = fact.begins ? (session.reader?.end() ?? []) : [];
      if (fact.begins) begin(session, fact.isHttp2);
      const heads = session.reader?.hear(fact.sequence, fact.data) ?? [];
      return tell(session, [...unfinished, ...heads], fact);
    },
    link(fact) {
      const call = calls.find(fact.connection);
      const process = processOf(fact.process);
      const session = sessionOf(process, fact.session);
      return call === undefined ? [] : tellAs(session, call, process, fact);
    },
    end(fact) {
      const process = processOf(fact.process);
      const session = process.sessions.get(fact.session);
      if (session === undefined) return [];
      const events = finish(process, session, fact);
      process.sessions.delete(fact.session);
      return events;
    },
    close(call, at) {
      const process = processes.get(entityId(at.process.pid, at.process.start));
      if (process === undefined) return [];
      const all = [...process.sessions.values()];
      const session =
        all.find((each) => each.call === call) ??
        all.find((each) => onlyCallOf(process, each) === call);
      const events: CaptureEvent[] = [];
      if (session !== undefined) {
        events.push(...tellAs(session, call, process, at), ...finish(process, session, at));
        delete session.call;
        session.exchange = exchange(maker);
      }
      process.greeted.delete(call);
      return events;
    },
    endProcess(at) {
      const id = entityId(at.process.pid, at.process.start);
      const process = processes.get(id);
      processes.delete(id);
      if (process === undefined) return [];
      return [...process.sessions.values()].flatMap((session) => finish(process, session, at));
    },
  };
}

/** The call that a session must use, because its server was greeted on no other and no other session names it. */
function onlyCallOf({ sessions, greeted }: TlsProcess, session: TlsSession): OpenCall | undefined {
  const name = wantedServer(session);
  if (name === undefined) return undefined;
  const rivals = [...sessions.values()].filter((each) => wantedServer(each) === name);
  const [call, ...others] = [...greeted].filter(([, greetedName]) => greetedName === name);
  return rivals.length === 1 && others.length === 0 ? call?.[0] : undefined;
}

/** The host of the requests that wait, without its port. */
function wantedServer({ call, untold }: TlsSession): string | undefined {
  if (call !== undefined) return undefined;
  return untold[0]?.head.host?.replace(/:\d+$/, "");
}

function dropOldest<K, V>(map: Map<K, V>, dropped: (value: V) => void = () => {}) {
  if (map.size <= maxPerProcess) return;
  for (const [key, value] of map) {
    map.delete(key);
    dropped(value);
    return;
  }
}
