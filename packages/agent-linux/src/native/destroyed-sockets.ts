import koffi from "koffi";

/** What the kernel tells of sockets when it is done with them, to anybody who asks (sock_diag(7)). */
export interface DestroyedSockets {
  /** The messages that arrived since the last time; `overflowed` if there were more than the kernel holds. */
  read(): { messages: Buffer[]; overflowed: boolean };
  close(): void;
}

const netlink = 16;
const sockDiag = 4;
const raw = 3;
const nonBlocking = 0o4000;
const closeOnExec = 0o2000000;
const socketLevel = 1;
const receiveBuffer = 8;
const bufferBytes = 8 << 20;
/** SKNLGRP_INET_TCP_DESTROY, _UDP_, and both for IPv6 (linux/sock_diag.h). */
const groups = 0b1111;
const noBuffers = koffi.os.errno.ENOBUFS;

/** Listens in this process's network namespace. @throws Error where the kernel tells nothing of it */
export function destroyedSockets(): DestroyedSockets {
  const library = koffi.load(null);
  const socket = library.func("int socket(int domain, int type, int protocol)");
  const bind = library.func("int bind(int fd, const void *address, uint32_t length)");
  const setsockopt = library.func(
    "int setsockopt(int fd, int level, int name, const void *value, uint32_t length)",
  );
  const recv = library.func("long recv(int fd, void *to, size_t length, int flags)");
  const close = library.func("int close(int fd)");

  const fd = socket(netlink, raw | nonBlocking | closeOnExec, sockDiag);
  if (fd < 0) throw new Error(`no socket for sock_diag: errno ${koffi.errno()}`);
  const size = Buffer.alloc(4);
  size.writeInt32LE(bufferBytes);
  setsockopt(fd, socketLevel, receiveBuffer, size, size.length);
  // struct sockaddr_nl: family, port id chosen by the kernel, groups
  const address = Buffer.alloc(12);
  address.writeUInt16LE(netlink, 0);
  address.writeUInt32LE(groups, 8);
  if (bind(fd, address, address.length) < 0) {
    const reason = koffi.errno();
    close(fd);
    throw new Error(`sock_diag tells nothing of ended sockets: errno ${reason}`);
  }

  const buffer = Buffer.alloc(8_192);
  return {
    read() {
      const messages: Buffer[] = [];
      let overflowed = false;
      for (;;) {
        const length = Number(recv(fd, buffer, buffer.length, 0));
        if (length > 0) messages.push(Buffer.from(buffer.subarray(0, length)));
        else if (length < 0 && koffi.errno() === noBuffers) overflowed = true;
        else return { messages, overflowed };
      }
    },
    close: () => void close(fd),
  };
}
