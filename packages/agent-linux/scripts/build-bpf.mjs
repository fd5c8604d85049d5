// Compiles bpf/capture.bpf.c and bpf/block.bpf.c for both processors. Needs clang, llvm-strip and libbpf's headers:
//   apt-get install clang llvm libbpf-dev
// The objects are committed, so that neither installing nor running needs a compiler. `--check` compiles into a
// temporary folder and fails if what is committed differs; the same clang gives the same bytes.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const committed = join(root, "bpf", "objects");
const targets = { x64: "x86", arm64: "arm64" };
const sources = ["capture", "block"];
const objects = sources.flatMap((source) =>
  Object.entries(targets).map(([arch, target]) => ({
    target,
    source: `bpf/${source}.bpf.c`,
    name: `${source}.${arch}.bpf.o`,
  })),
);
/** What the committed objects were compiled with. */
const compiler = "Debian clang version 14.0.6";

if (process.argv.includes("--check")) check();
else build(committed);

function build(folder) {
  for (const { target, source, name } of objects) {
    const object = join(folder, name);
    run("clang", [
      ...["-O2", "-g", "-target", "bpf", "-mcpu=v3", `-D__TARGET_ARCH_${target}`],
      ...["-Wall", "-Wextra", "-Werror", "-Wno-unused-parameter"],
      ...["-Wno-missing-field-initializers", "-Wno-gnu-variable-sized-type-not-at-end"],
      // Notes in the object name source files: relative to the package, not to this machine.
      `-ffile-prefix-map=${root}=.`,
      ...["-c", source, "-o", object],
    ]);
    run("llvm-strip", ["-g", object]);
  }
}

function check() {
  const folder = mkdtempSync(join(tmpdir(), "straycall-bpf-"));
  try {
    build(folder);
    const differing = objects
      .map(({ name }) => name)
      .filter(
        (name) => !readFileSync(join(folder, name)).equals(readFileSync(join(committed, name))),
      );
    if (differing.length === 0) return;
    const [version] = run("clang", ["--version"]).toString().split("\n");
    console.error(`Not what bpf/ compiles to: ${differing.join(", ")}. Run: npm run build:bpf`);
    if (version !== compiler) console.error(`They were made with ${compiler}; this is ${version}.`);
    process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(command, args) {
  return execFileSync(command, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
}
