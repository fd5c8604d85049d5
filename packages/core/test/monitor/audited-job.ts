import type { Store } from "../../src/contracts/store.js";
import type { Notification } from "../../src/delivery/notification.js";
import type { Detection } from "../../src/detection/detection.js";
import type { CaptureEvent } from "../../src/events/event.js";
import { memoryStore } from "../../src/memory-store/memory-store.js";
import { createMonitor } from "../../src/monitor/monitor.js";
import type { MonitorOptions } from "../../src/monitor/monitor-options.js";
import type { RunReport } from "../../src/monitor/run-report.js";
import type { RunOutcome } from "../../src/run/run.js";
import { answer, attached, close, connect, exec, request, result } from "../events/make-events.js";

export const job = {
  platform: "github",
  repository: "acme/shop",
  workflow: "ci.yml",
  job: "build",
};

let connections = 0;

/** What a process asks on one connection. */
export interface HttpCalls {
  port?: number;
  /** `GET /path`; default none. */
  requests?: readonly string[];
  bytesOut?: number;
  /** Default true. */
  ends?: boolean;
}

/** One connection of a process to a name, with its requests. */
export function calls(pid: number, name: string, ip: string, more: HttpCalls = {}): CaptureEvent[] {
  const { port = 443, requests = [], bytesOut, ends = true } = more;
  connections += 1;
  const connection = `call-${connections}`;
  return [
    answer(pid, name, ip),
    connect(pid, ip, port, connection),
    result(connection, "established"),
    ...requests.map((line) => {
      const [method = "", path = ""] = line.split(" ");
      return request(connection, method, name, path);
    }),
    ...(ends ? [close(connection, bytesOut)] : []),
  ];
}

/** Names that a process asks the machine's own resolver for. */
export function questions(pid: number, ...names: string[]): CaptureEvent[] {
  connections += 1;
  const connection = `resolver-${connections}`;
  const first = connect(pid, "127.0.0.53", 53, connection, "udp");
  return [
    first,
    ...names.map(
      (name, index): CaptureEvent => ({
        id: `${connection}-q${index}`,
        time: first.time,
        type: "dns.question",
        connection: { id: connection },
        process: { pid },
        dns: { question: { name, type: "TXT" } },
      }),
    ),
  ];
}

export const githubIp = "192.0.2.10";
export const github = (pid: number, ...requests: string[]) =>
  calls(pid, "api.github.com", githubIp, { requests });

/** What the job does in every run: a script that asks a code host, and a package manager that installs. */
export const usual = (): CaptureEvent[] => [
  attached(),
  exec(5, ["bash", "build.sh"]),
  exec(7, ["node", "status.js"], { parent: 5 }),
  ...github(7, "GET /repos/acme/shop"),
  exec(8, ["npm", "ci"], { parent: 5 }),
  ...calls(8, "packages.example.org", "192.0.2.20", { requests: ["GET /left-pad"] }),
];

/** A package's own install script, which runs as process 30. */
export const installScript = (): CaptureEvent[] => [
  exec(28, ["npm", "ci"], { parent: 5 }),
  exec(29, ["sh", "-c", "node postinstall.js"], { parent: 28 }),
  exec(30, ["node", "postinstall.js"], { parent: 29 }),
];

/** A monitor over a store of its own, and how to put runs of jobs through it. */
export function auditedJob(options: Partial<MonitorOptions> & { store?: Store } = {}) {
  const store = options.store ?? memoryStore();
  const told: Notification[] = [];
  const notifier = {
    name: "collecting",
    notify: async (notification: Notification) => void told.push(notification),
  };
  const monitor = createMonitor({ store, notifiers: [notifier], ...options });
  let runs = 0;
  const start = (ref: Partial<typeof job> = {}) => {
    runs += 1;
    return monitor.startRun({ job: { ...job, ...ref }, runId: `r${runs}` });
  };
  const run = async (
    events: readonly CaptureEvent[],
    { outcome = "success", ...ref }: { outcome?: RunOutcome } & Partial<typeof job> = {},
  ): Promise<RunReport> => {
    const started = await start(ref);
    await started.observe(events);
    return started.finish({ outcome });
  };
  /** As many runs as teach what is usual. */
  const learn = async (times = 8) => {
    for (let count = 0; count < times; count += 1) await run(usual());
  };
  /** The subjects of what notifiers were told. */
  const pushed = async () => {
    await monitor.idle();
    return told.map(({ detection }) => detection.subject);
  };
  return { store, monitor, start, run, learn, pushed };
}

export const subjects = ({ detections }: { detections: readonly Detection[] }) =>
  detections.map(({ subject }) => subject);
