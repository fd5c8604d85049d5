import { addressClass, type CallContext, endpointKey, normalizeAddress } from "@straycall/core";
import type { SimulatedCall, SimulatedRun } from "../simulation/simulated-run.js";

/** A simulated call as a run session would hand it on. */
export function callContext(
  run: SimulatedRun,
  { endpoint, caller, ...call }: SimulatedCall,
  at: number,
): CallContext {
  const { process, ancestors, step } = caller;
  const time = run.time + at;
  return {
    call: {
      id: `${at}-${endpointKey(endpoint)}`,
      runKey: `${run.index}.1`,
      time,
      endpoint,
      verdict: "undecided",
      transport: call.transport,
      // Only addresses have a class of their own; names are taken to be of public hosts.
      addressClass:
        normalizeAddress(endpoint.host) === undefined ? "public" : addressClass(endpoint.host),
      names: [],
      processId: process.entityId,
      pid: process.pid,
      commandLine: process.commandLine,
      ...(step ? { step } : {}),
      http: call.requests.map((request) => ({ time, host: endpoint.host, ...request })),
      ...(call.questions ? { carries: "dns" as const, questions: call.questions } : {}),
      result: call.transport === "tcp" ? "established" : "sent",
      durationMs: call.durationMs,
      bytesOut: call.bytesOut,
      bytesIn: call.bytesIn,
    },
    process,
    ancestors,
  };
}
