/**
 * A filter for seccomp(2) that lets through what reading needs, and lets everything else fail with EPERM: opening
 * files, sockets, processes, programs, signals.
 */
export function seccompFilter(arch: string = process.arch): Buffer {
  const { audit, calls } = filtered(arch);
  const numbers = Object.values(calls);
  return Buffer.concat([
    instruction(load, 0, 0, at.architecture),
    instruction(jumpIfEqual, 1, 0, audit),
    instruction(answer, 0, 0, answers.kill),
    instruction(load, 0, 0, at.number),
    ...numbers.map((number, index) => instruction(jumpIfEqual, numbers.length - index, 0, number)),
    instruction(answer, 0, 0, answers.operationNotPermitted),
    instruction(answer, 0, 0, answers.allow),
  ]);
}

/** Classic BPF (linux/filter.h). */
const load = 0x20;
const jumpIfEqual = 0x15;
const answer = 0x06;
/** Places in struct seccomp_data. */
const at = { number: 0, architecture: 4 } as const;
const answers = {
  kill: 0x8000_0000,
  operationNotPermitted: 0x0005_0001,
  allow: 0x7fff_0000,
} as const;

function instruction(code: number, ifTrue: number, ifFalse: number, operand: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt16LE(code, 0);
  bytes.writeUInt8(ifTrue, 2);
  bytes.writeUInt8(ifFalse, 3);
  bytes.writeUInt32LE(operand, 4);
  return bytes;
}

interface FilteredProcessor {
  /** As linux/audit.h numbers it. */
  audit: number;
  /** What may be called. Of files only those that are open already. */
  calls: Record<string, number>;
}

function filtered(arch: string): FilteredProcessor {
  const found = processors.get(arch);
  if (found === undefined) throw new Error(`unsupported processor: ${arch}`);
  return found;
}

const processors: ReadonlyMap<string, FilteredProcessor> = new Map([
  [
    "x64",
    {
      audit: 0xc000_003e,
      calls: {
        read: 0,
        write: 1,
        close: 3,
        poll: 7,
        mmap: 9,
        mprotect: 10,
        munmap: 11,
        brk: 12,
        rt_sigaction: 13,
        rt_sigprocmask: 14,
        rt_sigreturn: 15,
        pread64: 17,
        readv: 19,
        writev: 20,
        sched_yield: 24,
        mremap: 25,
        madvise: 28,
        nanosleep: 35,
        getpid: 39,
        recvmsg: 47,
        exit: 60,
        gettimeofday: 96,
        sigaltstack: 131,
        gettid: 186,
        futex: 202,
        restart_syscall: 219,
        clock_gettime: 228,
        clock_nanosleep: 230,
        exit_group: 231,
        epoll_wait: 232,
        epoll_ctl: 233,
        ppoll: 271,
        epoll_pwait: 281,
        getrandom: 318,
        membarrier: 324,
        pkey_mprotect: 329,
      },
    },
  ],
  [
    "arm64",
    {
      audit: 0xc000_00b7,
      calls: {
        epoll_ctl: 21,
        epoll_pwait: 22,
        close: 57,
        read: 63,
        write: 64,
        readv: 65,
        writev: 66,
        pread64: 67,
        ppoll: 73,
        exit: 93,
        exit_group: 94,
        futex: 98,
        nanosleep: 101,
        clock_gettime: 113,
        clock_nanosleep: 115,
        sched_yield: 124,
        restart_syscall: 128,
        sigaltstack: 132,
        rt_sigaction: 134,
        rt_sigprocmask: 135,
        rt_sigreturn: 139,
        gettimeofday: 169,
        getpid: 172,
        gettid: 178,
        recvmsg: 212,
        brk: 214,
        munmap: 215,
        mremap: 216,
        mmap: 222,
        mprotect: 226,
        madvise: 233,
        getrandom: 278,
        membarrier: 283,
        pkey_mprotect: 288,
      },
    },
  ],
]);
