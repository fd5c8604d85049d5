import type { CaptureEvent, EventOf } from "../../src/events/event.js";

let nextEvent = 0;

/** The envelope of a new event; time counts up by one millisecond an event. */
function envelope() {
  nextEvent += 1;
  return { id: `e${nextEvent}`, time: 1_700_000_000_000 + nextEvent };
}

export function exec(
  pid: number,
  args: string[],
  more: { parent?: number; step?: EventOf<"process.exec">["step"] } = {},
): CaptureEvent {
  return {
    ...envelope(),
    type: "process.exec",
    process: {
      pid,
      executable: `/usr/bin/${args[0]}`,
      args,
      ...(more.parent === undefined ? {} : { parent: { pid: more.parent } }),
    },
    ...(more.step === undefined ? {} : { step: more.step }),
  };
}

export function fork(parent: number, pid: number): CaptureEvent {
  return { ...envelope(), type: "process.fork", process: { pid, parent: { pid: parent } } };
}

export function exit(pid: number, exitCode = 0): CaptureEvent {
  return { ...envelope(), type: "process.exit", process: { pid, exit_code: exitCode } };
}

export function answer(pid: number, name: string, ...addresses: string[]): EventOf<"dns.answer"> {
  return {
    ...envelope(),
    type: "dns.answer",
    process: { pid },
    dns: {
      question: { name, type: "A" },
      answers: addresses.map((data) => ({
        name,
        type: data.includes(":") ? "AAAA" : "A",
        ttl: 60,
        data,
      })),
    },
  };
}

export function connect(
  pid: number,
  ip: string,
  port: number,
  connection: string,
  transport: EventOf<"network.connect">["network"]["transport"] = "tcp",
): CaptureEvent {
  return {
    ...envelope(),
    type: "network.connect",
    connection: { id: connection },
    process: { pid },
    destination: { ip, port },
    network: { transport },
  };
}

export function result(
  connection: string,
  outcome: EventOf<"network.result">["result"],
): CaptureEvent {
  return { ...envelope(), type: "network.result", connection: { id: connection }, result: outcome };
}

export function hello(connection: string, serverName: string): CaptureEvent {
  return {
    ...envelope(),
    type: "tls.hello",
    connection: { id: connection },
    tls: { client: { server_name: serverName } },
  };
}

export function response(connection: string, id: string, status: number): CaptureEvent {
  return {
    ...envelope(),
    type: "http.response",
    connection: { id: connection },
    http: { request: { id }, response: { status_code: status } },
  };
}

export function request(
  connection: string,
  method: string,
  domain: string,
  path: string,
): CaptureEvent {
  return {
    ...envelope(),
    type: "http.request",
    connection: { id: connection },
    http: { request: { method } },
    url: { domain, path },
  };
}

export function close(connection: string, out = 100, back = 200): CaptureEvent {
  return {
    ...envelope(),
    type: "network.close",
    connection: { id: connection },
    source: { bytes: out },
    destination: { bytes: back },
  };
}

export function attached(): CaptureEvent {
  return { ...envelope(), type: "capture.started", agent: { name: "test" } };
}

export function lost(count: number, reason: string): CaptureEvent {
  return { ...envelope(), type: "capture.lost", lost: { count, reason } };
}

/** An agent that numbers its events and promises a heartbeat every second; its clock is where it is told to be. */
export function watchedAgent(ephemeralId = "agent", name = "linux") {
  let events = 0;
  let lostSoFar = 0;
  const agent = { name, ephemeral_id: ephemeralId };
  const number = (event: CaptureEvent, time = event.time): CaptureEvent => {
    events += 1;
    return { ...event, id: `${ephemeralId}-${events}`, time };
  };
  const sent = () => ({ events, lost: lostSoFar });
  return {
    started: (time: number, heartbeat_ms = 1_000) =>
      number({ ...envelope(), type: "capture.started", agent: { ...agent, heartbeat_ms } }, time),
    beat: (time: number) =>
      number({ ...envelope(), type: "capture.heartbeat", agent, sent: sent() }, time),
    stopped: (time: number) =>
      number(
        { ...envelope(), type: "capture.stopped", agent, sent: sent(), reason: "was told to" },
        time,
      ),
    lost(count: number, time: number) {
      const event = number(lost(count, "kernel ring buffer full: calls"), time);
      lostSoFar += count;
      return event;
    },
    /** Numbers events as this agent's own. */
    send: (...all: CaptureEvent[]) => all.map((event) => number(event)),
  };
}

/** One complete HTTP call of a process to a name. */
export function httpCall(pid: number, name: string, ip: string, port = 80): CaptureEvent[] {
  const connection = `c${nextEvent}-${name}`;
  return [
    answer(pid, name, ip),
    connect(pid, ip, port, connection),
    result(connection, "established"),
    request(connection, "GET", name, "/"),
    close(connection),
  ];
}
