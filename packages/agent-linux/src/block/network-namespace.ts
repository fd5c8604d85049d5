import { closeSync } from "node:fs";
import { addressOf, libc } from "../native/libc.js";

const numbers = { x64: { socket: 41, getsockopt: 55 }, arm64: { socket: 198, getsockopt: 209 } };
const family = 2;
const datagram = 2;
const socketLevel = 1;
const namespaceCookie = 71;

/** The kernel's number of the network namespace that this process is in (SO_NETNS_COOKIE, socket(7)). */
export function ownNetworkCookie(): bigint {
  const { socket, getsockopt } = numbers[process.arch === "arm64" ? "arm64" : "x64"];
  const fd = libc().syscall(socket, family, datagram, 0);
  if (fd < 0) throw new Error(`no socket to ask for the network namespace: ${libc().lastError()}`);
  try {
    const cookie = Buffer.alloc(8);
    const length = Buffer.from(Uint32Array.of(cookie.length).buffer);
    const value = addressOf(cookie);
    if (
      libc().syscall(getsockopt, fd, socketLevel, namespaceCookie, value, addressOf(length)) < 0
    ) {
      throw new Error(`the kernel does not number network namespaces: ${libc().lastError()}`);
    }
    return cookie.readBigUInt64LE();
  } finally {
    closeSync(fd);
  }
}
