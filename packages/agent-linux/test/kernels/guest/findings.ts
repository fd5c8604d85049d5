import type { CaptureEvent, EventOf } from "@straycall/core";
import { callsTo, closesOf, ofType, type Recording, resultsOf } from "../../capture/record.js";
import { ports } from "./ports.js";

/** What a kernel offers: for each thing to see, whether the agent saw it. */
export type Findings = Record<string, boolean>;

export function findingsOf(recording: Recording): Findings {
  const execs = ofType(recording, "process.exec");
  const over = (ip: string) =>
    callsTo(recording, ports.tcp).filter(({ destination }) => destination.ip === ip);
  const resultOf = (calls: EventOf<"network.connect">[]) =>
    calls.flatMap((call) => resultsOf(recording, call))[0];
  const v4 = over("127.0.0.1");
  const answers = ofType(recording, "dns.answer");
  const answered = (name: string) => answers.some(({ dns }) => dns.question.name === name);
  return {
    "programs and arguments": execs.some(({ process }) => process.args?.[2] === "an argument"),
    "steps of the workflow": execs.some(({ step }) => step?.id === "build"),
    "ends of processes": has(recording, "process.exit"),
    "TCP over IPv4": resultOf(v4)?.result === "established",
    "TCP over IPv6": resultOf(over("::1"))?.result === "established",
    "bytes of TCP": v4.flatMap((call) => closesOf(recording, call)).some(hasReceived),
    "refused calls": resultOf(callsTo(recording, ports.closed))?.error?.code === "ECONNREFUSED",
    "unreachable calls": resultOf(callsTo(recording, 443))?.error?.code === "ENETUNREACH",
    "UDP, with its end": callsTo(recording, ports.udp).some(
      (call) => closesOf(recording, call).length === 1,
    ),
    "DNS answers": answered("dns.example.test"),
    "names from /etc/hosts": answered("in-hosts.example.test"),
    "TLS server names": ofType(recording, "tls.hello").some(
      ({ tls }) => tls.client.server_name === "tls.example.test",
    ),
    "HTTP requests": ofType(recording, "http.request").some(({ url }) => url.path === "/path"),
    "nothing lost": !has(recording, "capture.lost"),
  };
}

function has({ events }: Recording, type: CaptureEvent["type"]): boolean {
  return events.some((event) => event.type === type);
}

function hasReceived({ destination }: EventOf<"network.close">): boolean {
  return (destination?.bytes ?? 0) >= "hello".length;
}
