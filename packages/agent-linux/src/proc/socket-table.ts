import { ipv4Text, ipv6Text } from "../decode/ip-address.js";

export interface SocketAddress {
  ip: string;
  port: number;
}

/** A socket as the kernel lists it. */
export interface SocketEntry {
  /** IANA protocol number. */
  protocol: number;
  local: SocketAddress;
  remote: SocketAddress;
  state: number;
  /** 0 once no process has it any more. */
  inode: number;
}

/** Of `state` (include/net/tcp_states.h). */
export const socketState = { established: 1, synSent: 2, closed: 7, listen: 10 } as const;

/** The lists of one network namespace, below `/proc/PID/net`, and what they list. */
export const socketTables: readonly { file: string; protocol: number }[] = [
  { file: "tcp", protocol: 6 },
  { file: "tcp6", protocol: 6 },
  { file: "udp", protocol: 17 },
  { file: "udp6", protocol: 17 },
  { file: "udplite", protocol: 136 },
  { file: "udplite6", protocol: 136 },
  { file: "icmp", protocol: 1 },
  { file: "icmp6", protocol: 58 },
  { file: "raw", protocol: 255 },
  { file: "raw6", protocol: 255 },
];

const isTimeWait = /^ *\d+: [\dA-F:]+ [\dA-F:]+ 06/;

/** Reads one of the lists; a line that is none is left out. */
export function parseSocketTable(text: string, protocol: number): SocketEntry[] {
  const entries: SocketEntry[] = [];
  for (const line of text.split("\n").slice(1)) {
    // After a busy minute nearly all lines are these, and nobody's any more.
    if (isTimeWait.test(line)) continue;
    // sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode (proc_pid_net(5))
    const [, local, remote, state, , , , , , inode] = line.trim().split(/\s+/);
    const from = readAddress(local);
    const to = readAddress(remote);
    if (from === undefined || to === undefined) continue;
    entries.push({
      protocol,
      local: from,
      remote: to,
      state: Number.parseInt(state ?? "", 16),
      inode: Number(inode),
    });
  }
  return entries;
}

/** Tells one socket from all others that are there at the same time. */
export function socketKey({ protocol, local, remote }: Omit<SocketEntry, "state" | "inode">) {
  return `${protocol} ${local.ip} ${local.port} ${remote.ip} ${remote.port}`;
}

/** Whether it is told where the socket sends to. */
export function hasDestination({ remote: { ip } }: Pick<SocketEntry, "remote">): boolean {
  return ip !== "0.0.0.0" && ip !== "::";
}

/** `0100007F:0016`: the address in words of four bytes, each in the processor's order, and the port. */
function readAddress(text: string | undefined): SocketAddress | undefined {
  const [, address, port] = /^((?:[0-9A-F]{8}){1,4}):([0-9A-F]{4})$/.exec(text ?? "") ?? [];
  if (address === undefined || port === undefined) return undefined;
  const bytes = Buffer.from(address, "hex").swap32();
  return { ip: addressText(bytes), port: Number.parseInt(port, 16) };
}

/** An IPv4 address in IPv6's clothes is told as what it is. */
export function addressText(bytes: Buffer): string {
  if (bytes.length === 4) return ipv4Text(bytes);
  const isMapped = bytes.readUInt16BE(10) === 0xffff && bytes.subarray(0, 10).every((b) => b === 0);
  return isMapped ? ipv4Text(bytes.subarray(12)) : ipv6Text(bytes);
}
