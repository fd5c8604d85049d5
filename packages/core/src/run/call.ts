import type { AddressClass } from "../endpoint/address.js";
import type { Endpoint } from "../endpoint/endpoint.js";
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
 * - `dns`: the calling process, or one of its ancestors, asked for the name and got this address.
 * - `agent`: the capture agent knows the name but not how (a log, a proxy).
 * - `tls`, `http`: the process *claimed* the name in its TLS hello or Host header. Nothing proves it:
 *   a thief can write any name there.
 */
export interface CallName {
  name: string;
  source: "dns" | "agent" | "tls" | "http";
  /** The chain of canonical names between the name asked for and the address. */
  chain?: string[];
}

export interface HttpRequest {
  time: number;
  method: string;
  host?: string;
  /** Path with its query masked. */
  path: string;
  status?: number;
}

/**
 * What the baseline says of a call.
 *
 * - `known`: the job's baseline holds its endpoint.
 * - `learning`: it does not, but the baseline is still learning.
 * - `anomalous`: it does not, and it should.
 * - `ignored`: calls of this kind are left out (see `BaselineOptions.loopback`), or the run learns nothing.
 * - `undecided`: its name is still awaited.
 */
export type CallVerdict = "known" | "learning" | "anomalous" | "ignored" | "undecided";

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
  names: CallName[];
  /** Entity id of the process; see {@link ProcessRecord}. */
  processId: string;
  pid: number;
  commandLine: string;
  step?: Step;
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
