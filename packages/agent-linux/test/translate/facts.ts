import type { CaptureEvent } from "@straycall/core";
import type { AnyFact, ExecFact, Fact, ProcessIdentity } from "../../src/decode/fact.js";
import { eventMaker } from "../../src/translate/event-maker.js";
import { translator } from "../../src/translate/translator.js";

/** Processes that the fake machine of a test has, by pid. */
export type Known = Record<number, Partial<ExecFact>>;

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
  const { translate } = translator({
    maker: eventMaker("run", { monotonic: 1_000_000, boot: 900_000 }),
    cgroupName: (cgroup) => `/cgroup-${cgroup}`,
    describeProcess: (pid) => known[pid] && exec(actor(pid), known[pid]),
  });
  return facts.flatMap(translate);
}
