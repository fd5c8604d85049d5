import koffi from "koffi";

type Address = bigint;

/** The few functions of the C library that Node has no name for. */
export interface Libc {
  syscall(number: number, ...args: (number | bigint)[]): number;
  mmap(length: number, protection: number, flags: number, fd: number, offset: number): Address;
  munmap(address: Address, length: number): void;
  ioctl(fd: number, request: number, argument: number): number;
  /** Two Unix sockets that are connected to each other; not kept over an exec. */
  socketPair(): [number, number];
  /** @param message address of a `struct msghdr` */
  sendmsg(fd: number, message: Address, flags: number): number;
  recvmsg(fd: number, message: Address, flags: number): number;
  /** Waits until a descriptor can be read or its other end is gone, but no longer. */
  waitForInput(fd: number, milliseconds: number): boolean;
  mount(source: string, target: string, type: string): number;
  unmount(target: string): number;
  /** Of this thread. */
  prctl(option: number, value: number): number;
  /** Bytes of a page of memory. */
  pageSize(): number;
  /** `EPERM`: why the last call failed. */
  lastError(): string;
}

const mapFailed = 0xffff_ffff_ffff_ffffn;
const syscallArguments = 5;
const unixStream = { family: 1, type: 1 | 0x8_0000 } as const;
const readable = 1;

let loaded: Libc | undefined;

/** Loads on first use, so that importing this package is harmless where nothing can be captured. */
export function libc(): Libc {
  loaded ??= loadLibc();
  return loaded;
}

function loadLibc(): Libc {
  // The process itself: glibc and musl have different file names, and Node has already loaded one of them.
  const library = koffi.load(null);
  const syscall = library.func(
    "long syscall(long number, uint64_t a, uint64_t b, uint64_t c, uint64_t d, uint64_t e)",
  );
  const mmap = library.func(
    "void *mmap(void *address, size_t length, int protection, int flags, int fd, int64_t offset)",
  );
  const munmap = library.func("int munmap(void *address, size_t length)");
  const ioctl = library.func("int ioctl(int fd, unsigned long request, unsigned long argument)");
  const socketpair = library.func(
    "int socketpair(int family, int type, int protocol, _Out_ int *sockets)",
  );
  const sendmsg = library.func("int64_t sendmsg(int fd, uint64_t message, int flags)");
  const recvmsg = library.func("int64_t recvmsg(int fd, uint64_t message, int flags)");
  const poll = library.func("int poll(void *descriptors, unsigned long count, int timeout)");
  const mount = library.func(
    "int mount(const char *source, const char *target, const char *type, unsigned long flags, void *data)",
  );
  const umount = library.func("int umount(const char *target)");
  const prctl = library.func(
    "int prctl(int option, unsigned long value, unsigned long, unsigned long, unsigned long)",
  );
  const getpagesize = library.func("int getpagesize()");
  const errorNames = new Map(
    Object.entries(koffi.os.errno).map(([name, value]) => [value, name] as const),
  );
  const lastError = () => errorNames.get(koffi.errno()) ?? `errno ${koffi.errno()}`;

  return {
    syscall(number, ...args) {
      const padded = [...args, ...Array<number>(syscallArguments - args.length).fill(0)];
      return Number(syscall(number, ...padded));
    },
    mmap(length, protection, flags, fd, offset) {
      const address: Address = mmap(null, length, protection, flags, fd, offset);
      if (address === mapFailed) throw new Error(`mmap failed: ${lastError()}`);
      return address;
    },
    munmap: (address, length) => void munmap(address, length),
    ioctl: (fd, request, argument) => ioctl(fd, request, argument),
    socketPair() {
      const sockets: [number, number] = [-1, -1];
      if (socketpair(unixStream.family, unixStream.type, 0, sockets) < 0) {
        throw new Error(`socketpair failed: ${lastError()}`);
      }
      return sockets;
    },
    sendmsg: (fd, message, flags) => Number(sendmsg(fd, message, flags)),
    recvmsg: (fd, message, flags) => Number(recvmsg(fd, message, flags)),
    waitForInput(fd, milliseconds) {
      // struct pollfd: fd, events, revents
      const descriptor = Buffer.alloc(8);
      descriptor.writeInt32LE(fd, 0);
      descriptor.writeInt16LE(readable, 4);
      return poll(descriptor, 1, milliseconds) > 0;
    },
    mount: (source, target, type) => mount(source, target, type, 0, null),
    unmount: (target) => umount(target),
    prctl: (option, value) => prctl(option, value, 0, 0, 0),
    pageSize: () => getpagesize(),
    lastError,
  };
}

/** Shows memory outside JavaScript's heap; do not touch it once it is unmapped. */
export function viewMemory(address: Address, length: number): ArrayBuffer {
  return koffi.view(address, length);
}

/** Where a buffer's bytes are; they stay there for as long as the buffer is reachable. */
export function addressOf(buffer: Buffer): Address {
  return koffi.address(buffer);
}
