import type { EventOf } from "@straycall/core";
import { containerId } from "../cgroup/container-id.js";
import { errnoName } from "../decode/errno.js";
import type { CallFact, CloseFact, ResultFact } from "../decode/fact.js";
import type { KernelNumber } from "../decode/kernel-number.js";
import type { EventMaker } from "./event-maker.js";
import type { OpenCall } from "./open-calls.js";

type Transport = EventOf<"network.connect">["network"]["transport"];
type Result = EventOf<"network.result">["result"];

/** IANA protocol numbers, and Linux's own 262 for Multipath TCP. */
const transports: ReadonlyMap<number, Transport> = new Map([
  [1, "icmp"],
  [6, "tcp"],
  [17, "udp"],
  [58, "icmp"],
  [132, "sctp"],
  [136, "udp"],
  [262, "tcp"],
]);

/** @param protocol its IANA number */
export function transportOf(protocol: number): Transport {
  return transports.get(protocol) ?? "raw";
}

const results: ReadonlyMap<string, Result> = new Map([
  ["ECONNREFUSED", "refused"],
  ["ETIMEDOUT", "timed-out"],
  ["ENETUNREACH", "unreachable"],
  ["EHOSTUNREACH", "unreachable"],
  ["ENETDOWN", "unreachable"],
  ["EHOSTDOWN", "unreachable"],
  ["EPERM", "denied"],
  ["EACCES", "denied"],
]);

export function connectEvent(
  maker: EventMaker,
  call: Pick<OpenCall, "id">,
  fact: Omit<CallFact, "type">,
  cgroupName: (cgroup: KernelNumber) => string,
): EventOf<"network.connect"> {
  const cgroup = cgroupName(fact.cgroup);
  const container = containerId(cgroup);
  return maker.make("network.connect", fact, {
    connection: { id: call.id },
    process: { ...maker.processRef(fact.process), user: { id: fact.process.userId }, cgroup },
    ...(container === undefined ? {} : { container: { id: container } }),
    ...(fact.sourcePort === 0 ? {} : { source: { port: fact.sourcePort } }),
    destination: { ip: fact.address, port: fact.port },
    network: {
      transport: transportOf(fact.protocol),
      ...(fact.network === 0 ? {} : { namespace: String(fact.network) }),
    },
  });
}

export function resultEvent(
  maker: EventMaker,
  call: OpenCall,
  fact: ResultFact,
): EventOf<"network.result"> {
  const { source } = fact;
  const code = fact.error === 0 ? undefined : errnoName(fact.error);
  return maker.make("network.result", fact, {
    connection: { id: call.id },
    result: code === undefined ? "established" : (results.get(code) ?? "failed"),
    ...(code === undefined ? {} : { error: { code } }),
    ...(source === undefined ? {} : { source: { ip: source.address, port: source.port } }),
  });
}

/** @param counted whether what the socket counted is all this call's */
export function closeEvent(
  maker: EventMaker,
  call: OpenCall,
  fact: CloseFact,
  counted: boolean,
): EventOf<"network.close"> {
  return maker.make("network.close", fact, {
    connection: { id: call.id },
    ...(counted
      ? {
          source: { bytes: fact.bytesOut, packets: fact.packetsOut },
          destination: { bytes: fact.bytesIn, packets: fact.packetsIn },
        }
      : {}),
  });
}
