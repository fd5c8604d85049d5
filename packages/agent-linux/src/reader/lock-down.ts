import { kernelStruct, withAddress } from "../native/kernel-struct.js";
import { addressOf, libc } from "../native/libc.js";
import { systemCalls } from "../native/system-calls.js";
import { seccompFilter } from "./seccomp-filter.js";

/** What could not be given up, because this kernel has no way to. */
export interface LockDown {
  /** The kernel refuses every system call that reading does not need. */
  hasFilter: boolean;
}

/**
 * The user and group that the reading half becomes. Nobody has it: 65534 is what jobs run as that want no rights, and
 * a process may end others of its user.
 */
export const readerId = 65_528;

const control = {
  setDeathSignal: 1,
  setDumpable: 4,
  dropBound: 24,
  setNoNewPrivileges: 38,
} as const;
const killSignal = 9;

/** How much of what limits count; numbers as in asm-generic/resource.h. */
const limits = { fileSize: [1, 0], core: [4, 0], processes: [6, 0], files: [7, 64] } as const;

/**
 * Gives up, for good and for all threads, what this process may do beyond reading what it has open.
 *
 * @param parent ends with it
 * @throws Error if something cannot be given up
 */
export function lockDown(parent: number): LockDown {
  // Never opened by a signal: Node's debugger listens on loopback.
  process.on("SIGUSR1", () => {});
  dropBounds();
  if (process.getuid?.() === 0) becomeNobody();
  dropCapabilities();
  prctl(control.setDeathSignal, killSignal);
  prctl(control.setDumpable, 0);
  prctl(control.setNoNewPrivileges, 1);
  if (process.ppid !== parent) throw new Error("the agent is gone");
  for (const [resource, value] of Object.values(limits)) limit(resource, value);
  return { hasFilter: installFilter() };
}

/** Ends the process without the rest that Node does at its end, for which it has no right any more. */
export function exitAtOnce(code: number): void {
  libc().syscall(systemCalls().exit_group, code);
}

function becomeNobody() {
  // The C library changes all threads of the process.
  process.setgroups?.([]);
  process.setgid?.(readerId);
  process.setuid?.(readerId);
}

/** The capabilities that a program could get by its file. */
function dropBounds() {
  const { syscall } = libc();
  for (let capability = 0; capability < 64; capability++) {
    if (syscall(systemCalls().prctl, control.dropBound, capability) < 0) break;
  }
}

function dropCapabilities() {
  const version3 = 0x2008_0522;
  // struct __user_cap_data_struct, twice: effective, permitted, inheritable
  const data = kernelStruct(24);
  const header = kernelStruct(8).u32(0, version3);
  const result = withAddress(header, (address) =>
    libc().syscall(systemCalls().capset, address, addressOf(data.bytes)),
  );
  check(result, "giving up capabilities");
}

function limit(resource: number, value: number) {
  const both = kernelStruct(16).u64(0, value).u64(8, value);
  const result = withAddress(both, (address) =>
    libc().syscall(systemCalls().prlimit64, 0, resource, address, 0),
  );
  check(result, "setting a limit");
}

function installFilter(): boolean {
  const setFilter = 1;
  const allThreads = 1;
  const filter = seccompFilter();
  // struct sock_fprog
  const program = kernelStruct(16)
    .u32(0, filter.length / 8)
    .pointer(8, filter);
  const result = withAddress(program, (address) =>
    libc().syscall(systemCalls().seccomp, setFilter, allThreads, address),
  );
  if (result === 0) return true;
  if (libc().lastError() === "ENOSYS" || libc().lastError() === "EINVAL") return false;
  throw new Error(`seccomp failed: ${result > 0 ? `thread ${result}` : libc().lastError()}`);
}

function prctl(option: number, value: number) {
  check(libc().syscall(systemCalls().prctl, option, value), `prctl ${option}`);
}

function check(result: number, what: string) {
  if (result < 0) throw new Error(`${what} failed: ${libc().lastError()}`);
}
