import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type EmulatedMachine, processors } from "./emulated-machine.js";

const userland = ["busybox-static", "libc6", "libgcc-s1", "libstdc++6"];
/** The release of the C library in the guest, whatever its kernel. */
const userlandRelease = "bookworm";
const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";

/** Unpacks a machine's kernel and C library into folders; nothing is installed on this machine. */
export function unpackDebian(machine: EmulatedMachine, folder: string) {
  const { debianName } = processors[machine.arch];
  const apt = privateApt(machine, join(folder, "apt"));
  apt.update();
  const [image] = apt.dependenciesOf(`linux-image-${debianName}`, /^linux-image-\d/);
  if (image === undefined) throw new Error(`${machine.release} has no kernel for ${debianName}`);
  // Newer releases keep the kernel itself in a package of its own.
  const binary = apt.dependenciesOf(image, /^linux-binary-\d/);
  const kernel = join(folder, "kernel");
  const root = join(folder, "root");
  for (const file of apt.download(binary.length > 0 ? binary : [image])) unpack(file, kernel);
  for (const file of apt.download(userland)) unpack(file, root);
  return { kernel: findKernel(kernel), root };
}

/** apt with indexes, cache and processor of its own, so that this machine's stay as they are. */
function privateApt({ arch, release }: EmulatedMachine, folder: string) {
  const releases = [...new Set([userlandRelease, release])];
  const mirror = ownMirror();
  const lines = releases.map((each) => `deb [signed-by=${keyring}] ${mirror} ${each} main\n`);
  for (const each of ["state/lists/partial", "cache/archives/partial", "debs"]) {
    mkdirSync(join(folder, each), { recursive: true });
  }
  writeFileSync(join(folder, "sources.list"), lines.join(""));
  writeFileSync(join(folder, "status"), "");
  const { debianName } = processors[arch];
  const settings = {
    "APT::Architecture": debianName,
    "APT::Architectures": debianName,
    "APT::Default-Release": release,
    "APT::Sandbox::User": "root",
    "Dir::State": join(folder, "state"),
    "Dir::State::status": join(folder, "status"),
    "Dir::Cache": join(folder, "cache"),
    "Dir::Etc::sourcelist": join(folder, "sources.list"),
    "Dir::Etc::sourceparts": "-",
  };
  const options = Object.entries(settings).flatMap(([key, value]) => ["-o", `${key}=${value}`]);
  const debs = join(folder, "debs");
  return {
    update: () => void execFileSync("apt-get", [...options, "-qq", "update"]),
    dependenciesOf(name: string, pattern: RegExp): string[] {
      const told = execFileSync("apt-cache", [...options, "depends", name], { encoding: "utf8" });
      const names = [...told.matchAll(/Depends: (\S+)/g)].map(([, each = ""]) => each);
      return names.filter((each) => pattern.test(each));
    },
    download(names: readonly string[]): string[] {
      execFileSync("apt-get", [...options, "-qq", "download", ...names], { cwd: debs });
      return names.map((name) => join(debs, fileNamed(debs, `${name}_`)));
    },
  };
}

/** The Debian mirror that this machine already uses. */
function ownMirror(): string {
  const format = "$(REPO_URI)";
  const told = execFileSync(
    "apt-get",
    ["indextargets", "--format", format, "Origin: Debian", "Label: Debian"],
    { encoding: "utf8" },
  );
  const [mirror] = told.split("\n");
  if (!mirror) throw new Error("This machine has no Debian mirror; run apt-get update.");
  return mirror;
}

function unpack(deb: string, folder: string) {
  execFileSync("dpkg-deb", ["-x", deb, folder]);
}

/** It lies in /boot, or in newer releases among its modules. */
function findKernel(folder: string): string {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const found = paths.find((path) => basename(path).startsWith("vmlinuz"));
  if (found === undefined) throw new Error(`no kernel in ${paths.length} files`);
  return join(folder, found);
}

function fileNamed(folder: string, prefix: string): string {
  const name = readdirSync(folder).find((each) => each.startsWith(prefix));
  if (name === undefined) throw new Error(`${folder} has no ${prefix}*`);
  return name;
}
