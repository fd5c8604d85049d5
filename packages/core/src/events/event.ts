import { z } from "zod";
import { runFactsSchema, runOutcomeSchema } from "../run/run.js";
import { stepSchema } from "../run/step.js";
import { dnsAnswer, dnsQuestion, dnsQuestions } from "./dns-event.js";
import {
  connectionSchema,
  count,
  envelope,
  hostName,
  ip,
  namespace,
  pid,
  port,
  processRefSchema,
} from "./event-fields.js";

/*
 * One fact an agent captured. Field names follow the Elastic Common Schema where it has one
 * (https://www.elastic.co/docs/reference/ecs), hence the snake case. Every size is bounded: events come from
 * machines that an attacker may hold.
 */

const processFields = {
  executable: z.string().max(4096).optional(),
  args: z.array(z.string().max(131_072)).max(8192).optional(),
  /** The agent cut the arguments. */
  args_truncated: z.boolean().optional(),
  working_directory: z.string().max(4096).optional(),
  user: z.object({ id: pid.optional(), name: z.string().max(256).optional() }).optional(),
  cgroup: z.string().max(4096).optional(),
};

const processSchema = processRefSchema.extend(processFields);

/** The container that the process is in, by the id that its runtime gave it. */
const container = z.object({ id: z.string().min(1).max(128) }).optional();

const runStarted = z.object({
  ...envelope,
  type: z.literal("run.started"),
  run: runFactsSchema,
});

const runFinished = z.object({
  ...envelope,
  type: z.literal("run.finished"),
  run: z.object({ outcome: runOutcomeSchema }),
});

const stepStarted = z.object({ ...envelope, type: z.literal("step.started"), step: stepSchema });

const stepFinished = z.object({
  ...envelope,
  type: z.literal("step.finished"),
  step: z.object({ id: stepSchema.shape.id }),
});

/** A process became another program. `step` is what its environment said, if anything. */
const processExec = z.object({
  ...envelope,
  type: z.literal("process.exec"),
  process: processSchema,
  container,
  step: stepSchema.optional(),
});

const processFork = z.object({
  ...envelope,
  type: z.literal("process.fork"),
  process: processRefSchema,
});

const processExit = z.object({
  ...envelope,
  type: z.literal("process.exit"),
  process: processRefSchema.extend({ exit_code: z.int().min(-256).max(0xffff).optional() }),
});

/** An outbound call began: a connect, or the first packet where there is no connecting. */
const networkConnect = z.object({
  ...envelope,
  type: z.literal("network.connect"),
  connection: connectionSchema,
  process: processSchema,
  container,
  source: z.object({ ip: ip.optional(), port: port.optional() }).optional(),
  destination: z
    .object({
      ip: ip.optional(),
      port,
      /** The name, where the agent knows it by itself. */
      domain: hostName.optional(),
    })
    .refine((destination) => destination.ip !== undefined || destination.domain !== undefined, {
      error: "needs an ip or a domain",
      path: ["ip"],
    }),
  network: z.object({
    transport: z.enum(["tcp", "udp", "icmp", "sctp", "raw"]),
    namespace: namespace.optional(),
  }),
});

/** What became of a call: `denied` by the machine itself, `blocked` by the policy of the run. */
const networkResult = z.object({
  ...envelope,
  type: z.literal("network.result"),
  connection: connectionSchema,
  result: z.enum([
    "established",
    "refused",
    "timed-out",
    "unreachable",
    "denied",
    "blocked",
    "failed",
  ]),
  /** `ECONNREFUSED` */
  error: z.object({ code: z.string().max(32) }).optional(),
  source: z.object({ ip: ip.optional(), port: port.optional() }).optional(),
});

const networkClose = z.object({
  ...envelope,
  type: z.literal("network.close"),
  connection: connectionSchema,
  /** Bytes the job sent. */
  source: z.object({ bytes: count.optional(), packets: count.optional() }).optional(),
  /** Bytes the job received. */
  destination: z.object({ bytes: count.optional(), packets: count.optional() }).optional(),
});

/** The first thing a process says on a TLS or QUIC connection. */
const tlsHello = z.object({
  ...envelope,
  type: z.literal("tls.hello"),
  connection: connectionSchema,
  tls: z.object({
    client: z.object({ server_name: hostName.optional() }),
    next_protocols: z.array(z.string().max(255)).max(32).optional(),
  }),
});

const requestId = z.string().min(1).max(64);
const httpStatus = z.object({ status_code: z.int().min(100).max(599) });

const httpRequest = z.object({
  ...envelope,
  type: z.literal("http.request"),
  connection: connectionSchema,
  http: z.object({
    request: z.object({
      /** Unique within the connection; ties the response to it. */
      id: requestId.optional(),
      method: z.string().min(1).max(32),
      /** As its head says. */
      body: z.object({ bytes: count }).optional(),
    }),
    response: httpStatus.optional(),
  }),
  url: z.object({ domain: hostName.optional(), path: z.string().max(16_384) }),
});

/** How a request that was told before was answered. */
const httpResponse = z.object({
  ...envelope,
  type: z.literal("http.response"),
  connection: connectionSchema,
  http: z.object({ request: z.object({ id: requestId }), response: httpStatus }),
});

/** Something was captured and then lost; the run's coverage is no longer full. */
const captureLost = z.object({
  ...envelope,
  type: z.literal("capture.lost"),
  lost: z.object({
    count,
    /** Where, in words: `kernel ring buffer full`. */
    reason: z.string().min(1).max(512),
  }),
});

const agentName = z.string().min(1).max(128);
/** Unlike the name, another for every capture. */
const ephemeralId = z.string().min(1).max(96);

/** The agent is attached: what happens from now on is seen. */
const captureStarted = z.object({
  ...envelope,
  type: z.literal("capture.started"),
  agent: z.object({
    name: agentName,
    version: z.string().max(64).optional(),
    /** The agent numbers its events, this one first: their ids are `<ephemeral_id>-1`, `-2` and so on. */
    ephemeral_id: ephemeralId.optional(),
    /** With `ephemeral_id`: a promise to send `capture.heartbeat` this often, and `capture.stopped` at the end. */
    heartbeat_ms: z.int().min(100).max(3_600_000).optional(),
    /** What this agent cannot see here, one sentence each; makes the run's coverage `partial`. */
    blind_spots: z.array(z.string().max(512)).max(32).optional(),
    /** Whose answers may be believed: the machine's configured resolvers, and those the operator lists. */
    resolvers: z.array(ip).max(64).optional(),
    /** Those of them that the operator lists: they are believed in other network namespaces than the agent's, too. */
    listed_resolvers: z.array(ip).max(64).optional(),
    network: z.object({ namespace: namespace.optional() }).optional(),
  }),
});

const whole = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
/** What the agent sent before this event: how many events, and how many records they told to be lost. */
const sent = z.object({ events: whole, lost: whole });

/** The agent is alive: whoever hears no more of it knows that it was killed, or that its log was cut. */
const captureHeartbeat = z.object({
  ...envelope,
  type: z.literal("capture.heartbeat"),
  agent: z.object({ name: agentName, ephemeral_id: ephemeralId }),
  sent,
});

/** The agent's last word: nothing is seen from now on. */
const captureStopped = z.object({
  ...envelope,
  type: z.literal("capture.stopped"),
  agent: z.object({ name: agentName, ephemeral_id: ephemeralId }),
  sent,
  /** Why, in words: `was told to`. */
  reason: z.string().min(1).max(512),
});

export const captureEventSchema = z.discriminatedUnion("type", [
  runStarted,
  runFinished,
  stepStarted,
  stepFinished,
  processExec,
  processFork,
  processExit,
  dnsQuestion,
  dnsQuestions,
  dnsAnswer,
  networkConnect,
  networkResult,
  networkClose,
  tlsHello,
  httpRequest,
  httpResponse,
  captureStarted,
  captureLost,
  captureHeartbeat,
  captureStopped,
]);

/** One fact an agent captured, or was told by the platform. */
export type CaptureEvent = z.infer<typeof captureEventSchema>;
export type CaptureEventType = CaptureEvent["type"];
/** The event of one type: `EventOf<"network.connect">`. */
export type EventOf<T extends CaptureEventType> = Extract<CaptureEvent, { type: T }>;
