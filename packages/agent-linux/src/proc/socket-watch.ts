import type { CaptureEvent } from "@straycall/core";
import type { ExecFact } from "../decode/fact.js";
import { type CallBook, tcp, udp } from "./call-book.js";
import { type NetworkSockets, readLocalSockets, readSockets } from "./network.js";
import { networkOf, socketsOf } from "./socket-owners.js";
import { hasDestination, type SocketEntry, socketState } from "./socket-table.js";

/** Finds the calls of processes by what they have open. */
export interface SocketWatch {
  look(processes: ReadonlyMap<number, ExecFact>): CaptureEvent[];
}

export interface SocketWatchOptions {
  book: CallBook;
  /** Hears of each network namespace that a watched process has a socket in. */
  onNetwork(network: number, witness: number): void;
  /** Hears once of each process whose sockets may not be looked at. */
  onUnreadable(owner: ExecFact): CaptureEvent;
  /** The namespace of which the kernel tells when sockets end, if it does. */
  toldNetwork: number | undefined;
  /** TCP ports that somebody listens on or did, in any namespace. */
  listening: Set<number>;
}

interface KnownSocket {
  owner: ExecFact;
  network: number | undefined;
  /** It can bring nothing new. */
  isSettled: boolean;
  call?: SocketEntry;
}

export function socketWatch(options: SocketWatchOptions): SocketWatch {
  const { book, toldNetwork, listening } = options;
  const sockets = new Map<number, KnownSocket>();
  const unreadable = new Set<string>();

  /** Notes what processes have open; answers the namespaces to look into, each with a process in it. */
  const findOpen = (
    processes: ReadonlyMap<number, ExecFact>,
    open: Set<number>,
    events: CaptureEvent[],
  ): Map<number | undefined, number> => {
    const toRead = new Map<number | undefined, number>();
    for (const [pid, owner] of processes) {
      const inodes = socketsOf(pid);
      const id = `${pid}-${owner.process.start}`;
      if (inodes === undefined && !unreadable.has(id)) {
        unreadable.add(id);
        events.push(options.onUnreadable(owner));
      }
      for (const inode of inodes ?? []) {
        open.add(inode);
        const known = sockets.get(inode);
        if (known?.isSettled) continue;
        const network = known?.network ?? networkOf(pid);
        if (known === undefined) sockets.set(inode, { owner, network, isSettled: false });
        if (network !== undefined) options.onNetwork(network, pid);
        toRead.set(network, pid);
      }
    }
    return toRead;
  };

  const advance = (socket: KnownSocket, entry: SocketEntry): CaptureEvent[] => {
    const isInbound = entry.protocol === tcp && listening.has(entry.local.port);
    if (isInbound) socket.isSettled = true;
    if (isInbound || !hasDestination(entry)) return [];
    const events: CaptureEvent[] = [];
    if (socket.call === undefined) {
      socket.call = entry;
      events.push(book.begin(entry, socket.network, socket.owner));
    }
    if (entry.protocol === tcp && entry.state === socketState.synSent) return events;
    socket.isSettled = true;
    if (entry.protocol === tcp) events.push(...book.result(entry, socket.network, "established"));
    return events;
  };

  const advanceAll = (
    network: number | undefined,
    found: NetworkSockets,
    localSockets: () => Set<number>,
  ): CaptureEvent[] => {
    for (const port of found.listening) listening.add(port);
    let local: Set<number> | undefined;
    const events: CaptureEvent[] = [];
    for (const [inode, socket] of sockets) {
      if (socket.isSettled || socket.network !== network) continue;
      const entry = found.byInode.get(inode);
      if (entry !== undefined) {
        events.push(...advance(socket, entry));
        continue;
      }
      local ??= localSockets();
      if (local.has(inode)) socket.isSettled = true;
    }
    return events;
  };

  const forgetClosed = (open: ReadonlySet<number>): CaptureEvent[] => {
    const events: CaptureEvent[] = [];
    for (const [inode, { call, network }] of sockets) {
      if (open.has(inode)) continue;
      sockets.delete(inode);
      const isToldOf =
        network === toldNetwork && (call?.protocol === tcp || call?.protocol === udp);
      if (call !== undefined && !isToldOf) events.push(...book.close(call, network));
    }
    return events;
  };

  return {
    look(processes) {
      const events: CaptureEvent[] = [];
      const open = new Set<number>();
      for (const [network, pid] of findOpen(processes, open, events)) {
        events.push(...advanceAll(network, readSockets(pid), () => readLocalSockets(pid)));
      }
      return [...events, ...forgetClosed(open)];
    },
  };
}
