/**
 * Boots Debian's kernels in an emulator and runs the real agent inside each, to see what every kernel offers.
 *
 *   apt-get install qemu-system-x86 qemu-system-arm cpio
 *   npm run test:kernels                       # every machine, or those named: -- bookworm-arm64
 *
 * Downloads some 100 MB for each machine. Ends with status 1 if a machine does not offer everything.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { boot } from "./boot.js";
import { unpackDebian } from "./debian-packages.js";
import { type EmulatedMachine, emulatedMachines } from "./emulated-machine.js";
import type { GuestReport } from "./guest/report.js";
import { packGuest } from "./guest-image.js";
import { printTable } from "./table.js";

const wanted = process.argv.slice(2);
const machines = emulatedMachines.filter(
  ({ name }) => wanted.length === 0 || wanted.includes(name),
);
if (machines.length === 0) throw new Error(`There is no machine ${wanted.join(" or ")}.`);
const folder = mkdtempSync(join(tmpdir(), "straycall-kernels-"));
const reports: GuestReport[] = [];
try {
  for (const machine of machines) {
    try {
      reports.push(await probe(machine));
    } catch (error) {
      console.log(`${machine.name}: ${(error as Error).message}`);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
printTable(reports);
const isComplete = reports.every(({ findings }) => Object.values(findings).every(Boolean));
process.exitCode = reports.length === machines.length && isComplete ? 0 : 1;

async function probe(machine: EmulatedMachine): Promise<GuestReport> {
  const place = join(folder, machine.name);
  mkdirSync(place);
  const image = join(place, "initramfs.cpio");
  const prepareAt = performance.now();
  const { kernel, root } = unpackDebian(machine, place);
  await packGuest(machine, root, image);
  const bootAt = performance.now();
  const report = await boot(machine, kernel, image);
  const seconds = (from: number, to: number) => Math.round((to - from) / 1_000);
  const prepared = seconds(prepareAt, bootAt);
  const ran = seconds(bootAt, performance.now());
  console.log(
    `${machine.name}: Linux ${report.kernel}, prepared in ${prepared} s, ran in ${ran} s`,
  );
  rmSync(place, { recursive: true });
  return report;
}
