import { addressText, type SocketEntry } from "./socket-table.js";

/** A socket that is no more. */
export interface DestroyedSocket extends Omit<SocketEntry, "inode"> {
  /** Of TCP: what the other side confirmed, 1 of it for the connection's start, and what it sent. */
  bytesAcked?: number;
  bytesReceived?: number;
}

const headerBytes = 16;
const fixedBytes = 88;
const attribute = { info: 2, protocol: 10 } as const;
/** `tcpi_bytes_acked` and `tcpi_bytes_received` in struct tcp_info (linux/tcp.h). */
const ackedAt = 120;
const ipv4 = 2;
const ipv6 = 10;

/** Reads a `struct inet_diag_msg` with its attributes (linux/inet_diag.h); `undefined` if it is none. */
export function readDestroyedSocket(message: Buffer): DestroyedSocket | undefined {
  if (message.length < fixedBytes) return undefined;
  const family = message[headerBytes];
  if (family !== ipv4 && family !== ipv6) return undefined;
  const size = family === ipv4 ? 4 : 16;
  const attributes = readAttributes(message.subarray(fixedBytes));
  const protocol = attributes.get(attribute.protocol)?.[0];
  if (protocol === undefined) return undefined;
  const info = attributes.get(attribute.info);
  return {
    protocol,
    state: message[headerBytes + 1] ?? 0,
    local: {
      ip: addressText(message.subarray(24, 24 + size)),
      port: message.readUInt16BE(20),
    },
    remote: {
      ip: addressText(message.subarray(40, 40 + size)),
      port: message.readUInt16BE(22),
    },
    ...(info === undefined || info.length < ackedAt + 16
      ? {}
      : {
          bytesAcked: Number(info.readBigUInt64LE(ackedAt)),
          bytesReceived: Number(info.readBigUInt64LE(ackedAt + 8)),
        }),
  };
}

function readAttributes(bytes: Buffer): Map<number, Buffer> {
  const attributes = new Map<number, Buffer>();
  let at = 0;
  while (at + 4 <= bytes.length) {
    const length = bytes.readUInt16LE(at);
    if (length < 4 || at + length > bytes.length) break;
    attributes.set(bytes.readUInt16LE(at + 2), bytes.subarray(at + 4, at + length));
    at += (length + 3) & ~3;
  }
  return attributes;
}
