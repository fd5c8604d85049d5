import type { CaptureEvent } from "@straycall/core";
import { type CallBook, tcp } from "./call-book.js";
import type { DestroyedSocket } from "./destroyed-socket.js";
import { readSockets } from "./network.js";
import { allPids, hasEnded, type ProcessScope, parentOf } from "./process-scope.js";
import { networkOf } from "./socket-owners.js";
import { hasDestination, socketKey } from "./socket-table.js";

export interface EndedCallsOptions {
  book: CallBook;
  /** The namespace that the sockets were in. */
  network: number;
  /** TCP ports that somebody listens on or did. */
  listening: Set<number>;
  /** Keys of the sockets that were there before. */
  earlier: Set<string>;
  scope: ProcessScope;
  /** Hears of UDP calls that may be anybody's. */
  onAnybodys(count: number): CaptureEvent;
}

/**
 * Tells what is known of calls from how their sockets ended: bytes, and calls that no look has found. Whose those
 * were the kernel does not say; they are told where nobody but the job can have made them.
 */
export function endedCalls(
  options: EndedCallsOptions,
): (ended: DestroyedSocket[]) => CaptureEvent[] {
  const { book, network, listening, earlier } = options;

  const tell = (socket: DestroyedSocket): CaptureEvent[] => {
    const { protocol, bytesAcked = 0 } = socket;
    const result = bytesAcked > 0 ? "established" : "failed";
    return [
      book.begin(socket, network),
      ...(protocol === tcp ? book.result(socket, network, result) : []),
      ...book.close(socket, network, socket),
    ];
  };

  return (ended) => {
    const events: CaptureEvent[] = [];
    const unseen: DestroyedSocket[] = [];
    for (const socket of ended) {
      const isEarlier = earlier.delete(socketKey(socket));
      if (book.isOpen(socket, network)) events.push(...book.close(socket, network, socket));
      else if (!isEarlier && hasDestination(socket) && socket.remote.port !== 0)
        unseen.push(socket);
    }
    // One that listened went with nowhere to, after those that it accepted.
    for (const socket of ended) {
      if (socket.protocol === tcp && !hasDestination(socket)) listening.add(socket.local.port);
    }
    if (unseen.length === 0) return events;
    for (const port of readSockets("self").listening) listening.add(port);
    const outbound = unseen.filter(
      ({ protocol, local }) => protocol !== tcp || !listening.has(local.port),
    );
    if (outbound.length === 0) return events;
    if (isAlone(network, options.scope)) return [...events, ...outbound.flatMap(tell)];
    // TCP is counted by the kernel's own counter.
    const others = outbound.filter(({ protocol }) => protocol !== tcp).length;
    return others === 0 ? events : [...events, options.onAnybodys(others)];
  };
}

/** Whether nobody uses this process's network but the processes in scope, this one and its ancestors. */
export function isAlone(network: number, scope: ProcessScope): boolean {
  const known = new Set<number>();
  for (let pid: number | undefined = process.pid; pid; pid = parentOf(pid)) known.add(pid);
  const others = allPids().filter((pid) => !known.has(pid));
  // Asked last: it knows those that came meanwhile.
  for (const pid of scope.pids()) known.add(pid);
  return others.every((pid) => {
    if (known.has(pid) || hasEnded(pid)) return true;
    const other = networkOf(pid);
    return other !== undefined && other !== network;
  });
}
