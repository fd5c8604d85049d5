import type { CaptureEvent } from "@straycall/core";
import type { AnyFact, ExecFact, Fact, ProcessIdentity } from "../../src/decode/fact.js";
import type { MachineNames } from "../../src/resolver/machine-names.js";
import { eventMaker } from "../../src/translate/event-maker.js";
import { translator } from "../../src/translate/translator.js";

/** Processes that the fake machine of a test has, by pid. */
export type Known = Record<number, Partial<ExecFact>>;

/** How the fake machine of a test finds names. */
const machine: MachineNames = {
  resolvers: ["192.0.2.53"],
  listedResolvers: [],
  localAddresses: ["198.51.100.7"],
  hosts: ["127.0.0.1 in-hosts", "::1 in-hosts"],
  asksService: false,
  networkNamespace: "1",
};

/** Of a payload: not to a resolver, nor from one. */
export const saidInClear = {
  isDns: false,
  isStranger: false,
  isLoopback: false,
  isResponse: false,
};

export const tcp = 6;
export const udp = 17;

export function actor(pid: number, fields: Partial<ProcessIdentity> = {}): ProcessIdentity {
  return { pid, thread: pid, start: pid * 10, parentPid: 0, parentStart: 0, userId: 0, ...fields };
}

export function fact<T extends AnyFact["type"]>(
  type: T,
  fields: Omit<Extract<AnyFact, { type: T }>, keyof Fact | "type"> & Partial<Fact>,
): AnyFact {
  return { type, time: 5, process: actor(7), ...fields } as AnyFact;
}

export function exec(process: ProcessIdentity, fields: Partial<ExecFact> = {}): ExecFact {
  return {
    type: "exec",
    time: 1,
    process,
    executable: "/bin/sh",
    directory: "/",
    args: ["sh"],
    argsCut: false,
    environment: new Map(),
    environmentCut: false,
    ...fields,
  };
}

/** Translates facts in order, on a machine that knows these processes. */
export function translateAll(facts: readonly AnyFact[], known: Known = {}): CaptureEvent[] {
  const { translate, end } = translator({
    maker: eventMaker("run", { monotonic: 1_000_000, boot: 900_000 }),
    cgroups: { nameOf: (cgroup) => `/cgroup-${cgroup}`, learn: () => {} },
    describeProcess: (pid) => known[pid] && exec(actor(pid), known[pid]),
    machineNames: machine,
  });
  return [...facts.flatMap(translate), ...end()];
}
