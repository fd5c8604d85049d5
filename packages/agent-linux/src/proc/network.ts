import { readFileSync } from "node:fs";
import { parseSocketTable, type SocketEntry, socketState, socketTables } from "./socket-table.js";

/** The sockets of one network namespace at one moment. */
export interface NetworkSockets {
  byInode: ReadonlyMap<number, SocketEntry>;
  /** The TCP ports that somebody listens on. */
  listening: ReadonlySet<number>;
}

/** Reads the sockets in the network namespace of a process. */
export function readSockets(pid: number | "self"): NetworkSockets {
  const byInode = new Map<number, SocketEntry>();
  const listening = new Set<number>();
  for (const { file, protocol } of socketTables) {
    for (const entry of parseSocketTable(read(`/proc/${pid}/net/${file}`), protocol)) {
      if (entry.inode !== 0) byInode.set(entry.inode, entry);
      if (entry.state === socketState.listen) listening.add(entry.local.port);
    }
  }
  return { byInode, listening };
}

/** The inodes of what are sockets but not for a network. */
export function readLocalSockets(pid: number): Set<number> {
  const inodes = new Set<number>();
  for (const line of read(`/proc/${pid}/net/unix`).split("\n").slice(1)) {
    // Num: RefCount Protocol Flags Type St Inode Path
    inodes.add(Number(line.split(/\s+/, 7)[6]));
  }
  for (const line of read(`/proc/${pid}/net/netlink`).split("\n").slice(1)) {
    inodes.add(Number(line.trim().split(/\s+/).at(-1)));
  }
  return inodes;
}

/** How many TCP connects have begun in the network namespace of a process; `undefined` if it is gone. */
export function readActiveOpens(pid: number | "self"): number | undefined {
  const [names, values] = read(`/proc/${pid}/net/snmp`)
    .split("\n")
    .filter((line) => line.startsWith("Tcp:"))
    .map((line) => line.split(" "));
  const value = values?.[names?.indexOf("ActiveOpens") ?? -1];
  return value === undefined ? undefined : Number(value);
}

function read(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    // Gone, or a protocol that this kernel does not have.
    return "";
  }
}
