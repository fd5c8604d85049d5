import { addressClass, normalizeAddress } from "../endpoint/address.js";
import type { EventOf } from "../events/event.js";
import { boundedMap } from "./bounded-map.js";
import type { Call, CallName } from "./call.js";
import { agentNames, claimName, hostOf } from "./call-names.js";
import { noteHello, noteQuestion, noteRequest } from "./call-questions.js";
import type { ProcessRecord } from "./process.js";
import type { RunKey } from "./run.js";
import type { Step } from "./step.js";

/** What surrounds a call when it begins. */
export interface CallSurroundings {
  process: ProcessRecord;
  /** Names that its process asked for, the surest first. */
  names: CallName[];
  step: Step | undefined;
}

/** The calls of one run that may still change. */
export interface CallTable {
  connect(
    event: EventOf<"network.connect">,
    surroundings: CallSurroundings,
    arrivedAt: number,
  ): void;
  result(event: EventOf<"network.result">): void;
  close(event: EventOf<"network.close">): void;
  hello(event: EventOf<"tls.hello">): void;
  request(event: EventOf<"http.request">): void;
  response(event: EventOf<"http.response">): void;
  question(event: EventOf<"dns.question"> | EventOf<"dns.questions">): void;
  /** The process that made a call, as it was then: it may become another program. */
  callerOf(call: Call): ProcessRecord | undefined;
  /** Tells the command of calls that began before their process was known. */
  commandKnown(process: ProcessRecord): void;
  /** Undecided calls that are known well enough, or that arrived before `arrivedBefore`. Gives each once. */
  takeSettled(arrivedBefore: number): Call[];
  /** Gives back calls that could not be decided on: they are settled again at once. */
  putBack(calls: readonly Call[]): void;
  /** Calls that changed since they were taken last. */
  takeChanged(): Call[];
  changed(call: Call): void;
  /** Some calls are known well enough and wait to be taken. */
  readonly hasSettled: boolean;
  /** When the oldest undecided call arrived. */
  readonly oldestUndecided: number | undefined;
  readonly size: number;
  /** Calls that could not be followed to their end because too many were open. */
  readonly forgotten: number;
}

const maxRequestsPerCall = 100;

/** Makes the table of a run's calls; past `limit` the oldest are no longer followed. */
export function callTable(runKey: RunKey, limit: number): CallTable {
  const arrivals = new Map<Call, number>();
  const ready = new Set<Call>();
  const changes = new Set<Call>();
  const callers = new WeakMap<Call, ProcessRecord>();
  /** By connection. */
  const open = boundedMap<string, Call>(limit, (call) => settle(call));
  /** Kept for what arrives late; to forget these loses nothing. */
  const closed = boundedMap<string, Call>(limit);
  let size = 0;

  const callOf = (connection: string) => open.get(connection) ?? closed.get(connection);

  /** Enough is known of the call to decide on it. */
  function settle(call: Call) {
    if (arrivals.delete(call)) ready.add(call);
  }

  const update = (id: string, change: (call: Call) => void) => {
    const call = callOf(id);
    if (call === undefined) return;
    change(call);
    changes.add(call);
  };

  return {
    connect(event, { process, names, step }, arrivedAt) {
      const { destination, network, connection } = event;
      const ip = destination.ip === undefined ? undefined : normalizeAddress(destination.ip);
      const before = callOf(connection.id);
      const isSame = before?.ip === ip && before?.endpoint.port === destination.port;
      if (before && isSame && open.get(connection.id)) return;
      // An agent that uses its ids again: another call.
      if (before) settle(before);
      const allNames = [...agentNames(destination.domain), ...names];
      const call: Call = {
        id: before ? `${connection.id}~${size}` : connection.id,
        runKey,
        time: event.time,
        endpoint: { host: hostOf(allNames, ip), port: destination.port },
        verdict: "undecided",
        transport: network.transport,
        ...(ip === undefined ? {} : { ip }),
        addressClass: ip === undefined ? "unknown" : addressClass(ip),
        names: allNames,
        processId: process.entityId,
        pid: process.pid,
        commandLine: process.commandLine,
        ...whereFrom(event),
        ...(step === undefined ? {} : { step }),
        ...(process.claimedStep === undefined ? {} : { claimedStep: process.claimedStep }),
        http: [],
      };
      size += 1;
      callers.set(call, process);
      arrivals.set(call, arrivedAt);
      changes.add(call);
      open.set(connection.id, call);
      if (network.transport !== "tcp") {
        call.result = "sent";
        settle(call);
      }
    },
    result({ connection, result, error, source, time }) {
      update(connection.id, (call) => {
        if (source?.port) call.localPort = source.port;
        call.result = result;
        if (error) call.error = error.code;
        if (result === "established") return;
        call.durationMs = Math.max(0, time - call.time);
        settle(call);
        // Without connections the call was decided on when it began; that it was blocked changes that.
        if (result === "blocked") ready.add(call);
      });
    },
    close({ connection, source, destination, time }) {
      update(connection.id, (call) => {
        call.durationMs = Math.max(0, time - call.time);
        if (source?.bytes !== undefined) call.bytesOut = source.bytes;
        if (destination?.bytes !== undefined) call.bytesIn = destination.bytes;
        settle(call);
        open.delete(connection.id);
        closed.set(connection.id, call);
      });
    },
    hello({ connection, tls }) {
      update(connection.id, (call) => {
        claimName(call, tls.client.server_name, "tls");
        noteHello(call, tls.next_protocols ?? []);
      });
    },
    request({ connection, http, url, time }) {
      update(connection.id, (call) => {
        claimName(call, url.domain, "http");
        noteRequest(call, url.path);
        if (call.http.length < maxRequestsPerCall) {
          const { id, method, body } = http.request;
          call.http.push({
            ...(id === undefined ? {} : { id }),
            time,
            method,
            ...(url.domain === undefined ? {} : { host: url.domain }),
            path: url.path,
            ...(http.response === undefined ? {} : { status: http.response.status_code }),
            ...(body === undefined ? {} : { bodyBytes: body.bytes }),
          });
        }
        settle(call);
      });
    },
    response({ connection, http }) {
      update(connection.id, (call) => {
        const request = call.http.find(({ id }) => id === http.request.id);
        if (request !== undefined) request.status = http.response.status_code;
      });
    },
    question(event) {
      if (event.connection) update(event.connection.id, (call) => noteQuestion(call, event));
    },
    callerOf: (call) => callers.get(call),
    commandKnown(process) {
      for (const call of arrivals.keys()) {
        if (call.processId !== process.entityId || call.commandLine !== "") continue;
        call.commandLine = process.commandLine;
        changes.add(call);
      }
    },
    takeSettled(arrivedBefore) {
      for (const [call, arrivedAt] of arrivals) {
        if (arrivedAt >= arrivedBefore) break;
        settle(call);
      }
      const settled = [...ready];
      ready.clear();
      return settled;
    },
    putBack(undecided) {
      for (const call of undecided) ready.add(call);
    },
    takeChanged() {
      const changed = [...changes];
      changes.clear();
      return changed;
    },
    changed: (call) => {
      changes.add(call);
    },
    get hasSettled() {
      return ready.size > 0;
    },
    get oldestUndecided() {
      const [oldest] = arrivals.values();
      return oldest;
    },
    get size() {
      return size;
    },
    get forgotten() {
      return open.forgotten;
    },
  };
}

/** What the agent says of where a call leaves from. */
function whereFrom({ process, container, source, network }: EventOf<"network.connect">) {
  return {
    ...(process.thread === undefined ? {} : { threadId: process.thread.id }),
    ...(process.user?.id === undefined ? {} : { userId: process.user.id }),
    ...(container === undefined ? {} : { containerId: container.id }),
    ...(network.namespace === undefined ? {} : { networkNamespace: network.namespace }),
    ...(source?.port ? { localPort: source.port } : {}),
  };
}
