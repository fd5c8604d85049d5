import { realpathSync } from "node:fs";
import { basename } from "node:path";
import type { CaptureEvent } from "@straycall/core";
import { libraryFiles } from "../../tls/library-files.js";
import type { Trial } from "./trial.js";
import { trialMark, trialName } from "./trial-calls.js";

export type Answer = "yes" | "partly" | "no" | "not tried";

/** Whether something that a job may do was seen when it was done. */
export interface Finding {
  capability: string;
  answer: Answer;
  /** What was seen, or why not. */
  detail: string;
}

/** Judges what an agent told of the trial's calls. */
export function findingsOf(trial: Trial): Finding[] {
  const { events, ports, pid } = trial;
  const has = (test: (event: CaptureEvent) => boolean) => events.some(test);
  const call = (port: number) =>
    events.find((event) => event.type === "network.connect" && event.destination.port === port);
  // In a container the kernel's number of the process is another one than the container's.
  const caller = new Set([pid, ...events.flatMap(markedPid)]);
  const seenCall = (port: number) => {
    const event = call(port);
    return event?.type === "network.connect" && caller.has(event.process.pid);
  };
  const idOf = (port: number) => {
    const event = call(port);
    return event?.type === "network.connect" ? event.connection.id : undefined;
  };
  const hasResult = (port: number, result: string) =>
    has(
      (event) =>
        event.type === "network.result" &&
        event.connection.id === idOf(port) &&
        event.result === result,
    );
  const asked = (name: string) =>
    has((event) => event.type === "dns.answer" && event.dns.question.name === name);
  const requested = (who: string) =>
    has((event) => event.type === "http.request" && event.url.path === `/${trialMark}/${who}`);
  const httpOn = (port: number) =>
    has((event) => event.type === "http.request" && event.connection?.id === idOf(port));

  return [
    graded("processes", "programs, arguments, exit status", [
      has(({ type }) => type === "process.exec"),
      has((event) => event.type === "process.exit" && event.process.exit_code === 0),
    ]),
    graded("steps", "the step that a process belongs to", [
      has((event) => event.type === "process.exec" && event.step?.id === trialMark),
    ]),
    graded("TCP over IPv4", "call, process, and that it succeeded", [
      seenCall(ports.tcp),
      hasResult(ports.tcp, "established"),
    ]),
    ports.tcp6 === undefined
      ? { capability: "TCP over IPv6", answer: "not tried", detail: "no IPv6 loopback here" }
      : graded("TCP over IPv6", "call, process, and that it succeeded", [
          seenCall(ports.tcp6),
          hasResult(ports.tcp6, "established"),
        ]),
    graded("refused TCP", "call, process, and why it failed", [
      seenCall(1),
      hasResult(1, "refused"),
    ]),
    graded("UDP, connected", "call and process", [seenCall(ports.connectedUdp)]),
    graded("UDP, sendto", "call and process", [seenCall(ports.udp)]),
    graded("bytes", "how much was sent", [
      has(
        (event) =>
          event.type === "network.close" &&
          event.connection.id === idOf(ports.tcp) &&
          (event.source?.bytes ?? 0) > 0,
      ),
    ]),
    graded("DNS", "what a process asked a DNS server", [asked(trialName)]),
    graded("names from libraries", "/etc/hosts, the C library", [asked("localhost")]),
    graded("HTTP in clear", "method and path", [httpOn(ports.http)]),
    ...tlsFindings(trial, requested),
  ];
}

function markedPid(event: CaptureEvent): number[] {
  return event.type === "process.exec" && event.step?.id === trialMark ? [event.process.pid] : [];
}

const clients = [
  { who: "node", library: "TLS in Node", through: "its own OpenSSL" },
  { who: "curl", library: "TLS in curl", through: "the library it uses" },
  { who: "openssl", library: "TLS in openssl", through: "libssl" },
] as const;

function tlsFindings(
  { requestedPaths, blindSpots }: Trial,
  requested: (who: string) => boolean,
): Finding[] {
  const tried = clients.map(({ who, library, through }): Finding => {
    if (!requestedPaths.has(`/${trialMark}/${who}`)) {
      const detail = `no ${who} here that talks to a server without certificate`;
      return { capability: library, answer: "not tried", detail };
    }
    return graded(library, `method and path, through ${through}`, [requested(who)]);
  });
  const isWatching = !blindSpots.some((each) => each.includes("TLS"));
  const isProven = tried.some(
    ({ answer, capability }) => answer === "yes" && capability !== "TLS in Node",
  );
  const others = libraryNames().filter((name) => !(isProven && name.startsWith("libssl.so.3")));
  const watched = others.map(
    (file): Finding => ({
      capability: file,
      answer: isWatching ? "not tried" : "no",
      detail: isWatching ? "watched; no program of it was tried" : "not watched",
    }),
  );
  return [...tried, ...watched];
}

/** Yes if all of it was seen, partly if some. */
function graded(capability: string, what: string, seen: readonly boolean[]): Finding {
  const count = seen.filter(Boolean).length;
  const answer = count === seen.length ? "yes" : count > 0 ? "partly" : "no";
  const details: Record<typeof answer, string> = {
    yes: what,
    partly: `only some was seen of: ${what}`,
    no: `tried, not seen: ${what}`,
  };
  return { capability, answer, detail: details[answer] };
}

/** The TLS libraries in the usual folders, each by its shortest name. */
function libraryNames(): string[] {
  const names = new Map<string, string>();
  for (const path of libraryFiles("/").sort((a, b) => a.length - b.length)) {
    const file = realpathSync(path);
    if (!names.has(file)) names.set(file, basename(path));
  }
  return [...names.values()].sort();
}
