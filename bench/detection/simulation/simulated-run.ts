import type { DnsQuestions, Endpoint, Transport } from "@straycall/core";
import type { JobTimeline } from "../data/job-timeline.js";
import type { Caller } from "./caller.js";
import type { Request } from "./http-routes.js";

/** Why a benign call may look new. Detectors never see it: reports tell by it what alarmed for nothing. */
export type CallReason =
  | "listed"
  | "added"
  | "member"
  | "new-route"
  | "new-owner"
  | "new-program"
  | "volume"
  | "injected";

export interface SimulatedCall {
  endpoint: Endpoint;
  transport: Transport;
  caller: Caller;
  /** Those that an agent would see. */
  requests: readonly Request[];
  questions?: DnsQuestions;
  bytesOut: number;
  bytesIn: number;
  durationMs: number;
  reason: CallReason;
}

export interface SimulatedRun {
  timeline: JobTimeline;
  /** Of this job, from 0. */
  index: number;
  /** Epoch milliseconds. */
  time: number;
  calls: SimulatedCall[];
}
