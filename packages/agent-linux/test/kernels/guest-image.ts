import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  openSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsup";
import type { EmulatedMachine } from "./emulated-machine.js";

const agentPackage = fileURLToPath(new URL("../..", import.meta.url));
const probe = new URL("guest/probe.ts", import.meta.url);
const caller = new URL("guest/caller.ts", import.meta.url);
const blockedCaller = new URL("guest/blocked-caller.ts", import.meta.url);
const init = new URL("guest/init", import.meta.url);
const nodeVersion = "20.19.6";

/** Adds Node, the agent and the probe to a folder that holds the C library, and packs it as an initramfs. */
export async function packGuest({ arch }: EmulatedMachine, root: string, image: string) {
  const koffi = dirname(createRequire(join(agentPackage, "package.json")).resolve("koffi"));
  const { version } = createRequire(import.meta.url)(join(koffi, "package.json"));
  const agent = join(root, "agent");
  for (const each of ["agent/bpf/objects", "bin", "dev", "etc", "proc", "sys", "tmp"]) {
    mkdirSync(join(root, each), { recursive: true });
  }
  rmSync(join(root, "usr/share"), { recursive: true, force: true });

  await bundleProbe(agent);
  for (const name of ["capture", "block"]) {
    const object = `bpf/objects/${name}.${arch}.bpf.o`;
    copyFileSync(join(agentPackage, object), join(agent, object));
  }
  copyFileSync(join(agentPackage, "package.json"), join(agent, "package.json"));
  cpSync(koffi, join(agent, "node_modules/koffi"), { recursive: true, dereference: true });
  fetchPackage(
    `@koromix/koffi-linux-${arch}@${version}`,
    join(agent, `node_modules/@koromix/koffi-linux-${arch}`),
  );
  const node = join(root, "node");
  fetchPackage(`node-linux-${arch}@${nodeVersion}`, node);
  copyFileSync(join(node, "bin/node"), join(root, "bin/node"));
  rmSync(node, { recursive: true });

  writeFileSync(join(root, "etc/nsswitch.conf"), "hosts: files dns\n");
  writeFileSync(join(root, "etc/hosts"), "127.0.0.1 localhost in-hosts.example.test\n");
  copyFileSync(init, join(root, "init"));
  chmodSync(join(root, "init"), 0o755);
  pack(root, image);
}

async function bundleProbe(folder: string) {
  await build({
    config: false,
    silent: true,
    entry: {
      probe: fileURLToPath(probe),
      caller: fileURLToPath(caller),
      "blocked-caller": fileURLToPath(blockedCaller),
      "dist/reader/main": join(agentPackage, "src/reader/main.ts"),
    },
    format: "esm",
    target: "node20",
    external: ["koffi"],
    noExternal: [/^(?!koffi$)/],
    // Bundled CommonJS calls require.
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
    esbuildOptions(options) {
      options.conditions = ["@straycall/source"];
    },
    outDir: folder,
  });
}

/** Unpacks a package of npm's into a folder, whatever processor it is for. */
function fetchPackage(name: string, folder: string) {
  mkdirSync(folder, { recursive: true });
  const tarball = execFileSync("npm", ["pack", "--silent", name], {
    cwd: folder,
    encoding: "utf8",
  }).trim();
  execFileSync("tar", ["-xzf", tarball, "--strip-components=1"], { cwd: folder });
  rmSync(join(folder, tarball));
}

/** As Documentation/driver-api/early-userspace/buffer-format.rst has it: a cpio archive of the form "newc". */
function pack(root: string, image: string) {
  const files = execFileSync("find", ["."], { cwd: root });
  execFileSync("cpio", ["--quiet", "-o", "-H", "newc"], {
    cwd: root,
    input: files,
    stdio: ["pipe", openSync(image, "w"), "inherit"],
  });
}
