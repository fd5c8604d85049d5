import type { CaptureEvent } from "@straycall/core";
import type { CgroupNames } from "../cgroup/cgroup-tree.js";
import type {
  AnyFact,
  CallFact,
  CloseFact,
  ExecFact,
  Fact,
  LookupFact,
  PayloadFact,
  ProcessIdentity,
  ResultFact,
} from "../decode/fact.js";
import type { MachineNames } from "../resolver/machine-names.js";
import { blockedEvents } from "./blocked-events.js";
import { closeEvent, connectEvent, resultEvent } from "./call-events.js";
import { dnsTalk } from "./dns-talk.js";
import { type EventMaker, entityId } from "./event-maker.js";
import { exchange } from "./exchange.js";
import { type OpenCall, openCalls } from "./open-calls.js";
import { execEvents, exitEvent, forkEvent } from "./process-events.js";
import { quicGreetings } from "./quic-greetings.js";
import { recentMap } from "./recent-map.js";
import { readHttp1Response } from "./response-reader.js";
import { helloEvent } from "./said-event.js";
import { tlsSessions } from "./tls-sessions.js";
import { type Said, utterance } from "./utterance.js";

/** Turns facts into events, in order. */
export interface Translator {
  translate(fact: AnyFact): CaptureEvent[];
  /** What was held back to be told in sums. */
  end(): CaptureEvent[];
}

export interface TranslatorOptions {
  maker: EventMaker;
  cgroups: CgroupNames;
  /** What is known of a process that no event has told of yet; `undefined` if it is gone. */
  describeProcess: (pid: number, start: number) => ExecFact | undefined;
  machineNames: MachineNames;
}

const tcp = 6;
const maxProcesses = 65_536;

export function translator({
  maker,
  cgroups,
  describeProcess,
  machineNames,
}: TranslatorOptions): Translator {
  const calls = openCalls();
  const dns = dnsTalk(maker, machineNames);
  const tls = tlsSessions(maker, calls);
  const greetings = quicGreetings(maker);
  const toldProcesses = recentMap<string, true>(maxProcesses);

  /** A process that was there before capture, or came into the cgroup later, is told of when it first does something. */
  const introduce = (pid: number, start: number, depth = 0): CaptureEvent[] => {
    const id = entityId(pid, start);
    const maxDepth = 32;
    if (pid === 0 || depth > maxDepth || toldProcesses.get(id)) return [];
    toldProcesses.set(id, true);
    const fact = describeProcess(pid, start);
    if (fact === undefined) return [];
    const { parentPid, parentStart } = fact.process;
    return [
      ...introduce(parentPid, parentStart, depth + 1),
      ...execEvents(maker, fact, cgroups.nameOf),
    ];
  };

  const introduceActor = ({ pid, start }: ProcessIdentity) => introduce(pid, start);
  const introduceParent = ({ pid, start, parentPid, parentStart }: ProcessIdentity) => {
    toldProcesses.set(entityId(pid, start), true);
    return introduce(parentPid, parentStart);
  };

  const onCall = (fact: CallFact): CaptureEvent[] => {
    const { cookie, generation } = fact.connection;
    const call = calls.add(fact, `${maker.prefix}-${cookie}-${generation}`);
    return [...introduceActor(fact.process), connectEvent(maker, call, fact, cgroups.nameOf)];
  };

  const onResult = (fact: ResultFact): CaptureEvent[] => {
    const call = calls.find(fact.connection);
    // TCP's state and connect(2) both tell of a failure; the first is enough.
    if (call === undefined || call.outcome !== "pending") return [];
    call.outcome = fact.error === 0 ? "established" : "failed";
    return [resultEvent(maker, call, fact)];
  };

  const onClose = (fact: CloseFact): CaptureEvent[] => {
    const open = calls
      .takeAll(fact.connection.cookie)
      .filter(({ outcome }) => outcome !== "failed");
    for (const call of open) greetings.end(call);
    return open.flatMap((call) => [
      ...endUtterance(call, fact),
      ...tls.close(call, fact),
      closeEvent(maker, call, fact, open.length === 1),
    ]);
  };

  const endUtterance = (call: OpenCall, at: Fact): CaptureEvent[] => {
    const said = call.utterance?.end();
    return said === undefined ? [] : [tellSaid(call, at, said)];
  };

  const exchangeOn = (call: OpenCall) => {
    call.exchange ??= exchange(maker);
    return call.exchange;
  };

  const tellSaid = (call: OpenCall, at: Fact, said: Said): CaptureEvent =>
    "head" in said
      ? exchangeOn(call).request(call, at, said.head)
      : helloEvent(maker, call, at, said.hello);

  const onPayload = (fact: PayloadFact): CaptureEvent[] => {
    const call = calls.find(fact.connection);
    if (fact.isDns) {
      const events = dns.hear(call, fact);
      return events.length === 0 ? [] : [...introduceActor(fact.process), ...events];
    }
    if (call === undefined) return [];
    if (fact.isResponse) return onResponse(call, fact);
    return fact.protocol === tcp ? onSaid(call, fact) : greetings.hear(call, fact);
  };

  const onResponse = (call: OpenCall, fact: PayloadFact): CaptureEvent[] => {
    const responses = readHttp1Response(fact.sequence, fact.data);
    if (responses.length === 0) return [];
    // Whoever is answered has said all: a head that was cut is told first.
    const asked = endUtterance(call, fact);
    const answers = responses.flatMap((each) => exchangeOn(call).response(call, fact, each));
    return [...asked, ...answers];
  };

  const onLookup = (fact: LookupFact): CaptureEvent[] => {
    const event = dns.lookup(fact);
    return event === undefined ? [] : [...introduceActor(fact.process), event];
  };

  const onSaid = (call: OpenCall, fact: PayloadFact): CaptureEvent[] => {
    const unfinished = fact.begins ? endUtterance(call, fact) : [];
    if (fact.begins) call.utterance = utterance();
    const said = call.utterance?.hear(fact.sequence, fact.data);
    const serverName = said && "hello" in said ? said.hello.serverName : undefined;
    if (serverName !== undefined) tls.greet(call, fact, serverName);
    return said === undefined ? unfinished : [...unfinished, tellSaid(call, fact, said)];
  };

  return {
    translate(fact) {
      switch (fact.type) {
        case "exec":
          return [...introduceParent(fact.process), ...execEvents(maker, fact, cgroups.nameOf)];
        case "fork":
          return [...introduceParent(fact.process), forkEvent(maker, fact)];
        case "cgroup":
          cgroups.learn(fact.cgroup, fact.path);
          return [];
        case "exit":
          return [...tls.endProcess(fact), ...dns.endProcess(fact), exitEvent(maker, fact)];
        case "call":
          return onCall(fact);
        case "result":
          return onResult(fact);
        case "blocked":
          return [
            ...introduceActor(fact.process),
            ...blockedEvents(maker, calls, fact, cgroups.nameOf),
          ];
        case "close":
          return onClose(fact);
        case "payload":
          return onPayload(fact);
        case "lookup":
          return onLookup(fact);
        case "tls-text":
          return tls.hear(fact);
        case "tls-link":
          return tls.link(fact);
        case "tls-end":
          return tls.end(fact);
      }
    },
    end: dns.end,
  };
}
