import { spawn } from "node:child_process";
import { once } from "node:events";
import { type EmulatedMachine, processors } from "./emulated-machine.js";
import { type GuestReport, reportMark } from "./guest/report.js";

const memoryMegabytes = 2_048;
const limitMs = 300_000;

/**
 * Boots a kernel without KVM, waits until the guest switches itself off, and answers what it reported.
 *
 * @throws Error with the end of what the guest printed, if it reported nothing
 */
export async function boot(
  { arch }: EmulatedMachine,
  kernel: string,
  image: string,
): Promise<GuestReport> {
  const { qemu, console } = processors[arch];
  const [program, ...options] = qemu;
  const parameters = `console=${console} quiet panic=-1 rdinit=/init mitigations=off`;
  const child = spawn(
    program,
    [
      ...options,
      ...["-accel", "tcg", "-smp", "2", "-m", `${memoryMegabytes}`, "-nic", "none", "-no-reboot"],
      ...["-display", "none", "-monitor", "none", "-serial", "stdio"],
      ...["-kernel", kernel, "-initrd", image, "-append", parameters],
    ],
    { stdio: ["ignore", "pipe", "inherit"], timeout: limitMs, killSignal: "SIGKILL" },
  );
  let printed = "";
  child.stdout.on("data", (data: Buffer) => {
    printed += data.toString();
  });
  await once(child, "close");
  const line = printed.split(/\r?\n/).find((each) => each.startsWith(reportMark));
  if (line === undefined) throw new Error(`The guest reported nothing:\n${printed.slice(-3_000)}`);
  return JSON.parse(line.slice(reportMark.length));
}
