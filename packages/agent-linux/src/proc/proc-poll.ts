import { type CaptureEvent, StraycallError } from "@straycall/core";
import type { ExecFact } from "../decode/fact.js";
import type { DestroyedSockets } from "../native/destroyed-sockets.js";
import type { EventMaker } from "../translate/event-maker.js";
import { execEvents } from "../translate/process-events.js";
import { callBook } from "./call-book.js";
import { connectCounter } from "./connect-counter.js";
import { type DestroyedSocket, readDestroyedSocket } from "./destroyed-socket.js";
import { endedCalls, isAlone } from "./ended-calls.js";
import { knownProcesses } from "./known-processes.js";
import { readSockets } from "./network.js";
import { readProcessFiles } from "./process-files.js";
import type { ProcessScope } from "./process-scope.js";
import { type ProcessChange, processWatch } from "./process-watch.js";
import { networkOf } from "./socket-owners.js";
import { socketKey } from "./socket-table.js";
import { socketWatch } from "./socket-watch.js";

export interface ProcPollOptions {
  maker: EventMaker;
  now: () => number;
  scope: ProcessScope;
  ended: DestroyedSockets | undefined;
}

export interface ProcPoll {
  /** What happened since the last look. */
  look(): CaptureEvent[];
  /** The last word: what the kernel told since, and what is missing. */
  finish(): CaptureEvent[];
  /** Whether nobody but the job uses this process's network. */
  isAlone(): boolean;
}

/** Puts together what can be learned by looking at /proc again and again. */
export function procPoll({ maker, now, scope, ended }: ProcPollOptions): ProcPoll {
  const network = networkOf("self");
  if (network === undefined)
    throw new StraycallError("CAPTURE_UNSUPPORTED", "/proc cannot be read.");
  const before = readSockets("self");
  const earlier = new Set([...before.byInode.values()].map(socketKey));
  const listening = new Set(before.listening);
  const processes = processWatch(scope);
  const counter = connectCounter(now);
  counter.watch(network, "self");
  const lost = (count: number, reason: string) =>
    maker.make("capture.lost", { time: now() }, { lost: { count, reason } });
  const book = callBook(maker, counter, now, (key) => earlier.has(key));
  const sockets = socketWatch({
    book,
    listening,
    toldNetwork: ended === undefined ? undefined : network,
    onNetwork: (id, witness) => counter.watch(id, witness),
    onUnreadable: () => lost(1, "processes of another user, whose sockets may not be looked at"),
  });
  const tellEnded = endedCalls({
    book,
    network,
    listening,
    earlier,
    scope,
    onAnybodys: (count) => lost(count, "short UDP calls, of the job or of others in its network"),
  });

  const readEnded = (): CaptureEvent[] => {
    const { messages, overflowed } = ended?.read() ?? { messages: [], overflowed: false };
    const destroyed = messages
      .map(readDestroyedSocket)
      .filter((socket): socket is DestroyedSocket => socket !== undefined);
    const events = tellEnded(destroyed);
    if (!overflowed) return events;
    return [...events, lost(0, "more sockets ended at once than the kernel could tell")];
  };
  const readMissing = (isLast: boolean): CaptureEvent[] => {
    const count = counter.untold(isLast);
    return count === 0
      ? []
      : [
          lost(
            count,
            "TCP calls too short to be looked at, of the job or of others in its network",
          ),
        ];
  };

  let introduced = false;
  const introduce = (): CaptureEvent[] => {
    if (introduced) return [];
    introduced = true;
    const ancestors = knownProcesses(readProcessFiles).snapshot([], process.pid);
    return ancestors.flatMap((fact) => execEvents(maker, fact, String));
  };

  return {
    isAlone: () => isAlone(network, scope),
    look() {
      counter.read();
      const changes = processes.look();
      const ends = changes.filter(({ type }) => type === "exit");
      const begins = changes.filter(({ type }) => type !== "exit");
      return [
        ...introduce(),
        ...begins.flatMap((change) => processEvents(maker, now(), change)),
        ...sockets.look(processes.present),
        ...readEnded(),
        ...ends.flatMap((change) => processEvents(maker, now(), change)),
        ...readMissing(false),
      ];
    },
    finish: () => [...readEnded(), ...readMissing(true)],
  };
}

function processEvents(
  maker: EventMaker,
  time: number,
  { type, fact }: ProcessChange,
): CaptureEvent[] {
  const at = { time };
  const process = maker.processRef(fact.process);
  switch (type) {
    case "exec":
      return execEvents(maker, { ...fact, ...beginning(fact, time) }, String);
    case "fork":
      return [maker.make("process.fork", at, { process })];
    case "exit":
      return [maker.make("process.exit", at, { process })];
  }
}

/** A process that was there before is told with the time it was made, like `linuxAgent` does. */
const beginning = ({ time }: ExecFact, now: number) => ({ time: Math.min(time, now) });
