import type { RunRef } from "@straycall/core";

export const job = {
  platform: "github",
  repository: "acme/shop",
  workflow: ".github/workflows/ci.yml",
  job: "build",
};

export const runOf = (runId: string): RunRef => ({ job, runId, attempt: 1 });

const time = 1_767_225_600_000;

export interface SampleCall {
  domain: string;
  pid?: number;
  args?: string[];
  path?: string;
}

/** The events of one outbound call, complete. */
export function callEvents({
  domain,
  pid = 4711,
  args = ["curl", domain],
  path = "/",
}: SampleCall) {
  const id = `${domain}-${pid}`;
  return [
    {
      id,
      time,
      type: "network.connect",
      connection: { id },
      process: { pid, args },
      destination: { ip: "203.0.113.9", port: 443, domain },
      network: { transport: "tcp" },
    },
    {
      id: `${id}-request`,
      time: time + 5,
      type: "http.request",
      connection: { id },
      http: { request: { method: "POST" } },
      url: { domain, path },
    },
    {
      id: `${id}-close`,
      time: time + 10,
      type: "network.close",
      connection: { id },
      source: { bytes: 2_300 },
      destination: { bytes: 184_000 },
    },
  ];
}

/** The events of a call to a resolver, which is asked for `names`. */
export function questionEvents(names: readonly string[]) {
  const process = { pid: 4711, args: ["getent", "hosts"] };
  const connection = { id: "resolver" };
  const connect = {
    id: "resolver",
    time,
    type: "network.connect",
    connection,
    process,
    destination: { ip: "192.0.2.53", port: 53 },
    network: { transport: "udp" },
  };
  const questions = names.map((name, index) => ({
    id: `question-${index}`,
    time: time + index,
    type: "dns.question",
    connection,
    process: { pid: process.pid },
    dns: { question: { name, type: "TXT" } },
  }));
  return [connect, ...questions];
}

/** The events of a call that the policy of its run refused. */
export function blockedCallEvents({ domain, ...more }: SampleCall) {
  const [connect] = callEvents({ domain, ...more });
  const id = `${domain}-blocked`;
  return [
    { ...connect, id, connection: { id } },
    {
      id: `${id}-result`,
      time: time + 1,
      type: "network.result",
      connection: { id },
      result: "blocked",
      error: { code: "EPERM" },
    },
  ];
}

export const runFinished = {
  id: "end",
  time: time + 1_000,
  type: "run.finished",
  run: { outcome: "success" },
};

/** A whole run as one batch. */
export const runBatch = (runId: string, calls: SampleCall[]) => ({
  run: runOf(runId),
  events: [...calls.flatMap(callEvents), runFinished],
});
