import type { KernelNumber } from "./kernel-number.js";

/*
 * What the kernel side tells, decoded but not yet interpreted. Times are milliseconds of CLOCK_MONOTONIC.
 */

export interface Fact {
  time: number;
  process: ProcessIdentity;
}

export interface ProcessIdentity {
  pid: number;
  thread: number;
  /** When it was made: clock ticks since boot, as /proc tells them. With the pid, no other process ever has it. */
  start: number;
  parentPid: number;
  parentStart: number;
  userId: number;
}

/** One call of one socket. */
export interface ConnectionIdentity {
  /** The kernel's number of the socket. */
  cookie: KernelNumber;
  /** Counted from 1, or `lastGeneration`. */
  generation: number;
}

/** Whatever call the socket made last. */
export const lastGeneration = 0;

export interface ExecFact extends Fact {
  type: "exec";
  cgroup?: KernelNumber;
  /** As the process sees it; starts with `…/` where the kernel side had no room for all of it. */
  executable: string;
  directory: string;
  args: string[];
  argsCut: boolean;
  /** The variables that name a step. */
  environment: Map<string, string>;
  /** There was more of it than the kernel side looks through. */
  environmentCut: boolean;
}

/** A cgroup was made. */
export interface CgroupFact extends Fact {
  type: "cgroup";
  cgroup: KernelNumber;
  /** From the root of the hierarchy. */
  path: string;
}

export interface ForkFact extends Fact {
  type: "fork";
}

export interface ExitFact extends Fact {
  type: "exit";
  /** As wait(2) gives it. */
  status: number;
}

export interface CallFact extends Fact {
  type: "call";
  connection: ConnectionIdentity;
  /** IANA protocol number. */
  protocol: number;
  address: string;
  port: number;
  /** 0 where none is chosen yet, or there is none. */
  sourcePort: number;
  /** Inode of the network namespace that the socket is in. */
  network: number;
  /** Of the process. */
  cgroup: KernelNumber;
}

export interface ResultFact extends Fact {
  type: "result";
  connection: ConnectionIdentity;
  /** errno; 0 once established. */
  error: number;
  source?: { address: string; port: number } | undefined;
}

/** A call that the policy denied; there may be a fact of the call before. */
export interface BlockedFact extends Omit<CallFact, "type"> {
  type: "blocked";
  /** What a resolver was asked for; it got no question then. */
  question?: string;
}

export interface CloseFact extends Fact {
  type: "close";
  connection: ConnectionIdentity;
  bytesOut: number;
  bytesIn: number;
  packetsOut: number;
  packetsIn: number;
}

export interface PayloadFact extends Fact {
  type: "payload";
  connection: ConnectionIdentity;
  protocol: number;
  /** From the other side. */
  isInbound: boolean;
  /** A first flight or a request starts here. */
  begins: boolean;
  /** To a resolver, or from one. */
  isDns: boolean;
  /** From an address that the socket had not sent to. */
  isStranger: boolean;
  /** It came from this machine itself. */
  isLoopback: boolean;
  /** The beginning of the answer to a request. */
  isResponse: boolean;
  /** TCP's, of the first byte. */
  sequence: number;
  data: Buffer;
}

/** A getaddrinfo(3) that succeeded. */
export interface LookupFact extends Fact {
  type: "lookup";
  name: string;
  addresses: string[];
}

/** What a process gave its TLS library to encrypt, or got from it. */
export interface TlsTextFact extends Fact {
  type: "tls-text";
  /** The library's pointer: no other session of the process has it at the same time. */
  session: bigint;
  /** A request or, with HTTP/2, a connection starts here. */
  begins: boolean;
  /** Of HTTP/2 there are only the preface and the frames that carry headers. */
  isHttp2: boolean;
  /** Of HTTP/1 there is only the beginning of each response. */
  isInbound: boolean;
  /** Of the first byte, among those told of this session in this direction. */
  sequence: number;
  data: Buffer;
}

/** The connection that a TLS session uses. */
export interface TlsLinkFact extends Fact {
  type: "tls-link";
  session: bigint;
  connection: ConnectionIdentity;
}

export interface TlsEndFact extends Fact {
  type: "tls-end";
  session: bigint;
}

export type AnyFact =
  | ExecFact
  | CgroupFact
  | ForkFact
  | ExitFact
  | CallFact
  | BlockedFact
  | ResultFact
  | CloseFact
  | PayloadFact
  | LookupFact
  | TlsTextFact
  | TlsLinkFact
  | TlsEndFact;
