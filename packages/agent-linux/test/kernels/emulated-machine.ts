/** A machine to boot: a processor and the Debian release whose newest kernel it runs. */
export interface EmulatedMachine {
  name: string;
  arch: "x64" | "arm64";
  /** `bookworm-backports` */
  release: string;
}

export const emulatedMachines: readonly EmulatedMachine[] = [
  { name: "bookworm-x64", arch: "x64", release: "bookworm" },
  { name: "bookworm-backports-x64", arch: "x64", release: "bookworm-backports" },
  { name: "trixie-backports-x64", arch: "x64", release: "trixie-backports" },
  { name: "bookworm-arm64", arch: "arm64", release: "bookworm" },
  { name: "bookworm-backports-arm64", arch: "arm64", release: "bookworm-backports" },
];

/** What Debian and QEMU call the processors. */
export const processors = {
  x64: {
    debianName: "amd64",
    qemu: ["qemu-system-x86_64", "-machine", "q35,i8042=off", "-cpu", "max"],
    console: "ttyS0",
  },
  arm64: {
    debianName: "arm64",
    qemu: ["qemu-system-aarch64", "-machine", "virt", "-cpu", "max,pauth-impdef=on"],
    console: "ttyAMA0",
  },
} as const;
