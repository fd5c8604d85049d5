import type { CaptureEvent } from "@straycall/core";
import { type CallBook, tcp } from "./call-book.js";
import type { DestroyedSocket } from "./destroyed-socket.js";
import { readSockets } from "./network.js";
import { allPids, parentOf } from "./process-scope.js";
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
  isWatched(pid: number): boolean;
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
    if (unseen.length === 0) return events;
    for (const port of readSockets("self").listening) listening.add(port);
    const outbound = unseen.filter(
      ({ protocol, local }) => protocol !== tcp || !listening.has(local.port),
    );
    if (outbound.length === 0) return events;
    if (isAlone(network, options.isWatched)) return [...events, ...outbound.flatMap(tell)];
    // TCP is counted by the kernel's own counter.
    const others = outbound.filter(({ protocol }) => protocol !== tcp).length;
    return others === 0 ? events : [...events, options.onAnybodys(others)];
  };
}

/** Whether nobody uses this process's network but the watched processes, this one and its ancestors. */
export function isAlone(network: number, isWatched: (pid: number) => boolean): boolean {
  const own = new Set<number>();
  for (let pid: number | undefined = process.pid; pid; pid = parentOf(pid)) own.add(pid);
  return allPids().every((pid) => {
    if (own.has(pid) || isWatched(pid)) return true;
    const other = networkOf(pid);
    return other === undefined ? !isThere(pid) : other !== network;
  });
}

const isThere = (pid: number) => parentOf(pid) !== undefined;
