import type { LoadedProgram } from "./bpf/load-object.js";
import { readCounters, readMisses } from "./bpf/map-access.js";

export interface Loss {
  count: number;
  reason: string;
}

/** What the numbers in bpf/lost.h mean. */
const reasons: ReadonlyMap<number, string> = new Map([
  [1, "kernel ring buffer full: started programs"],
  [2, "kernel ring buffer full: new processes"],
  [3, "kernel ring buffer full: ends of processes"],
  [4, "kernel ring buffer full: calls"],
  [5, "kernel ring buffer full: results of calls"],
  [6, "kernel ring buffer full: ends of calls"],
  [7, "kernel ring buffer full: what was said on calls"],
  [8, "kernel ring buffer full: looked-up names"],
  [9, "kernel ring buffer full: names of new cgroups"],
  [12, "kernel ring buffer full: what was said inside TLS"],
  [13, "kernel ring buffer full: connections of TLS sessions"],
  [14, "kernel ring buffer full: ends of TLS sessions"],
  [16, "no working memory for a started program"],
  [17, "no kernel memory to follow a socket"],
  [18, "no kernel memory to follow a destination"],
  [20, "packets that could not be read"],
  [21, "too much DNS over TCP on one connection"],
  [22, "looked-up names that could not be read"],
  [25, "too many QUIC connections on one socket"],
  [26, "no kernel memory to follow a TLS session"],
  [27, "what a TLS library was given and could not be read"],
  [28, "too many DNS questions over TCP on one connection"],
  [23, "frames of packet sockets whose destination could not be read"],
  [15, "kernel ring buffer full: denied calls"],
  [30, "addresses of allowed names that there was no room for"],
  [31, "messages of resolvers that the policy could not read"],
  [24, "sockets made to send past what is watched (AF_XDP, PACKET_QDISC_BYPASS)"],
]);
const reasonCount = 32;

/** Tells what the kernel side could not tell, since it was asked last. */
export function lossReader(counters: number, programs: Iterable<LoadedProgram>): () => Loss[] {
  const told = new Map<string, number>();
  const sinceLast = (reason: string, total: number): Loss[] => {
    const count = total - (told.get(reason) ?? 0);
    told.set(reason, total);
    return count > 0 ? [{ count, reason }] : [];
  };
  const loaded = [...programs];

  return () => [
    ...readCounters(counters, reasonCount).flatMap((total, number) =>
      sinceLast(reasons.get(number) ?? `reason ${number} of the kernel side`, total),
    ),
    ...loaded.flatMap(({ name, fd }) =>
      sinceLast(`the kernel skipped the program ${name}`, readMisses(fd)),
    ),
  ];
}
