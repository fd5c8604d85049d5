import { existsSync, readFileSync } from "node:fs";
import { release } from "node:os";
import { StraycallError } from "@straycall/core";
import { kernelBtfPath } from "./bpf/load-object.js";
import { cgroupMount } from "./cgroup/mount.js";

/** What capture needs of a machine, as it is there. */
export interface Machine {
  platform: string;
  arch: string;
  /** `6.1.0-13-amd64` */
  kernel: string;
  /** Bits of the capabilities that this process has (capabilities(7)). */
  capabilities: bigint;
  /** `/proc` is mounted: all else is read there. */
  hasProc: boolean;
  hasKernelTypes: boolean;
  hasCgroupMount: boolean;
  /** The kernel is locked down so far that programs cannot read its memory (kernel_lockdown(7)). */
  isConfidential: boolean;
}

const capability = { netAdmin: 12n, sysAdmin: 21n, perfmon: 38n, bpf: 39n } as const;
const oldestKernel = [5, 17] as const;

/** Every reason why this machine cannot capture, each with what to do about it; empty if it can. */
export function missingSupport(machine: Machine): string[] {
  const { platform, arch, kernel, capabilities } = machine;
  if (platform !== "linux") return [`This is ${platform}; capture needs Linux.`];
  if (!machine.hasProc) return ["/proc is not there; mount it with: mount -t proc proc /proc"];
  const missing: string[] = [];
  if (arch !== "x64" && arch !== "arm64") {
    missing.push(`The processor is ${arch}; capture needs x64 or arm64.`);
  }
  if (isOlder(kernel)) {
    missing.push(
      `The kernel is ${kernel}; capture needs Linux ${oldestKernel.join(".")} or newer.`,
    );
  }
  const has = (bit: bigint) => (capabilities & (1n << bit)) !== 0n;
  const mayLoad = has(capability.bpf) && has(capability.perfmon) && has(capability.netAdmin);
  if (!has(capability.sysAdmin) && !mayLoad) {
    missing.push(
      "This process may not load BPF programs; run it as root, or with CAP_BPF, CAP_PERFMON and CAP_NET_ADMIN.",
    );
  }
  if (!machine.hasKernelTypes) {
    missing.push(
      `${kernelBtfPath} is missing; capture needs a kernel built with CONFIG_DEBUG_INFO_BTF, and in a container /sys.`,
    );
  }
  if (!machine.hasCgroupMount) {
    missing.push("No cgroup2 file system is mounted; mount one with: mount -t cgroup2 none /mnt");
  }
  if (machine.isConfidential) {
    missing.push(
      "The kernel is locked down for confidentiality; boot without lockdown=confidentiality.",
    );
  }
  return missing;
}

/** @throws StraycallError CAPTURE_UNSUPPORTED whose message lists everything that is missing */
export function requireSupport(machine: Machine = thisMachine()): void {
  const missing = missingSupport(machine);
  if (missing.length === 0) return;
  throw new StraycallError(
    "CAPTURE_UNSUPPORTED",
    `This machine cannot capture.\n${missing.map((each) => `- ${each}`).join("\n")}`,
  );
}

export function thisMachine(): Machine {
  const { platform, arch } = process;
  const isLinux = platform === "linux";
  const hasProc = existsSync("/proc/self/mountinfo");
  const capabilities = isLinux ? /^CapEff:\s*(\w+)/m.exec(read("/proc/self/status"))?.[1] : "0";
  return {
    platform,
    arch,
    kernel: release(),
    capabilities: BigInt(`0x${capabilities ?? "0"}`),
    hasProc,
    hasKernelTypes: existsSync(kernelBtfPath),
    hasCgroupMount: isLinux && hasProc && cgroupMount() !== undefined,
    isConfidential: read("/sys/kernel/security/lockdown").includes("[confidentiality]"),
  };
}

function isOlder(kernel: string): boolean {
  const [major = 0, minor = 0] = kernel.split(/[.-]/).map(Number);
  return major < oldestKernel[0] || (major === oldestKernel[0] && minor < oldestKernel[1]);
}

function read(path: string): string {
  try {
    return readFileSync(path, "latin1");
  } catch {
    return "";
  }
}
