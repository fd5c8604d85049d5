import type { AddressClass } from "../endpoint/address.js";
import type { Endpoint } from "../endpoint/endpoint.js";
import type { NameConfidence } from "./name-confidence.js";
import type { ProcessRecord } from "./process.js";
import type { RunKey } from "./run.js";
import type { Step } from "./step.js";

export type Transport = "tcp" | "udp" | "icmp" | "sctp" | "raw";

/**
 * What became of a call. `sent` is all that a transport without connections can say; `blocked` was denied by the
 * run's policy, `denied` by something else on the machine.
 */
export type CallResult =
  | "established"
  | "refused"
  | "timed-out"
  | "unreachable"
  | "denied"
  | "blocked"
  | "failed"
  | "sent";

/**
 * A name that a call had, and who says so.
 *
 * - `dns`: a resolver answered the calling process, or one of its ancestors, with this address.
 * - `library`: the C library did, from its own sources or over the wire.
 * - `hosts-file`: the C library did, and the machine's hosts file says the same.
 * - `resolver-service`: the C library did, on a machine where it asks a local service.
 * - `reverse`: the process asked whose the address is, and this is what whoever holds it says.
 * - `agent`: the capture agent knows the name but not how (a log, a proxy).
 * - `tls`, `http`: the process *claimed* the name in its TLS hello or Host header. Nothing proves it:
 *   a thief can write any name there.
 */
export interface CallName {
  name: string;
  source:
    | "dns"
    | "library"
    | "hosts-file"
    | "resolver-service"
    | "reverse"
    | "agent"
    | "tls"
    | "http";
  confidence: NameConfidence;
  /** An ancestor of the calling process asked. */
  inherited?: true;
  /** The names between the name asked for and the address: canonical ones, or the hosts of a service. */
  chain?: string[];
  /** Seconds that the answer was good for. */
  ttl?: number;
  /** Epoch milliseconds. */
  answeredAt?: number;
  /** Who answered, where that was seen. */
  server?: { ip: string; port: number };
  /** A claim that fits no name which can be relied on: a proxy, a front, or a lie. */
  contradicts?: true;
}

/** What a process asked a resolver on one call. */
export interface DnsQuestions {
  /** All questions, those that are not listed included. */
  count: number;
  /** The first ones, each once. */
  asked: { name: string; type?: string }[];
  /** Of the names in all questions: how much could leave in them. */
  nameBytes: number;
  longestLabel: number;
}

/** What a call carries, where that matters for names: those asked in a way nobody can read are not known. */
export type CallCarries = "dns" | "dns-over-tls" | "dns-over-quic" | "dns-over-https";

export interface HttpRequest {
  /** Unique within the call, where the agent says it. */
  id?: string;
  time: number;
  method: string;
  host?: string;
  /** Path with its query masked. */
  path: string;
  status?: number;
  /** Of its body, as its head says. */
  bodyBytes?: number;
}

/**
 * What the baseline, or the policy, says of a call.
 *
 * - `known`: the job's baseline holds its endpoint.
 * - `learning`: it does not, but the baseline is still learning.
 * - `anomalous`: it does not, and it should.
 * - `blocked`: the run's policy refused it; nothing is compared in block mode.
 * - `ignored`: calls of this kind are left out (see `BaselineOptions.addresses`), or the run learns nothing.
 * - `undecided`: its name is still awaited.
 */
export type CallVerdict = "known" | "learning" | "anomalous" | "blocked" | "ignored" | "undecided";

/** One outbound network call, correlated from the events of its run. */
export interface Call {
  /** The connection's id, unique within the run. */
  id: string;
  runKey: RunKey;
  /** Epoch milliseconds of the first packet or the connect. */
  time: number;
  endpoint: Endpoint;
  verdict: CallVerdict;
  /** The detection that tells of this call's endpoint. */
  detectionId?: string;
  transport: Transport;
  /** Unset where the agent knows the name only. */
  ip?: string;
  addressClass: AddressClass;
  /** The surest first; claims in the order they were made, the first ones. */
  names: CallName[];
  carries?: CallCarries;
  /** What was asked, if this is a call to a resolver. */
  questions?: DnsQuestions;
  /** Entity id of the process; see {@link ProcessRecord}. */
  processId: string;
  pid: number;
  commandLine: string;
  /** The thread that made the call, where it was not the process's first. */
  threadId?: number;
  /** The user it was made as: a process can change that. */
  userId?: number;
  containerId?: string;
  /** The network namespace that it left from: its inode, as `/proc/PID/ns/net` shows it. */
  networkNamespace?: string;
  /** The port that it left from, where it has one. */
  localPort?: number;
  step?: Step;
  /** The step that the environment of its process names, where that is another. */
  claimedStep?: Step;
  http: HttpRequest[];
  result?: CallResult;
  /** `ECONNREFUSED`, where the kernel said why. */
  error?: string;
  durationMs?: number;
  bytesOut?: number;
  bytesIn?: number;
}

/** A call with the process that made it and that process's ancestors, nearest first. */
export interface CallContext {
  call: Call;
  process: ProcessRecord | undefined;
  ancestors: ProcessRecord[];
}
