import { type KernelStruct, kernelStruct, withAddress } from "./kernel-struct.js";
import { addressOf, libc } from "./libc.js";

/** Where the parts of a message are in one piece of memory: msghdr(3), its iovec, its cmsghdr and its only byte. */
const at = { vector: 56, control: 72, byte: 96 } as const;
const messageSize = 104;
const controlSize = 24;
const socketLevel = 1;
const rights = 1;
const doNotWait = 0x40;
const closeOnExec = 0x4000_0000;

/**
 * Hands an open file to the process at the other end of a Unix socket (SCM_RIGHTS, unix(7)); it stays open here.
 *
 * @throws Error if the other end is gone, or has not taken what it was handed before
 */
export function passFile(socket: number, fd: number): void {
  const message = emptyMessage()
    .u64(at.control, 20)
    .u32(at.control + 8, socketLevel)
    .u32(at.control + 12, rights)
    .u32(at.control + 16, fd);
  const sent = withAddress(message, (address) => libc().sendmsg(socket, address, doNotWait));
  if (sent !== 1) throw new Error(`a file could not be handed over: ${libc().lastError()}`);
}

/** Waits for a file that `passFile` hands over, and takes it. @throws Error if none came */
export function takeFile(socket: number): number {
  const message = emptyMessage();
  const received = withAddress(message, (address) => libc().recvmsg(socket, address, closeOnExec));
  if (received !== 1 || message.bytes.readUInt32LE(at.control + 12) !== rights) {
    throw new Error(`no file was handed over: ${libc().lastError()}`);
  }
  return message.bytes.readInt32LE(at.control + 16);
}

/** A stream must carry a byte to carry anything beside it. */
function emptyMessage(): KernelStruct {
  const message = kernelStruct(messageSize);
  const start = addressOf(message.bytes);
  return message
    .u64(16, start + BigInt(at.vector))
    .u64(24, 1)
    .u64(32, start + BigInt(at.control))
    .u64(40, controlSize)
    .u64(at.vector, start + BigInt(at.byte))
    .u64(at.vector + 8, 1);
}
