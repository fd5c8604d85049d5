import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { PackedPackage } from "./packed-packages.js";
import { installedVersion } from "./workspace-root.js";

/** A project that knows the packages only as tarballs, and lets no install script run. */
export interface StrangerProject {
  /** Runs a program with Node inside the project and gives its standard output; throws if it fails. */
  run(file: string, program: string): string;
  /** Type-checks files of this source with these compiler options and gives what tsc says: nothing if all is well. */
  typeCheck(files: string[], source: string, options: string[]): string;
  /** The installed packages that would like to run a script when they are installed. */
  packagesWithInstallScript(): string[];
  /** Runs an installed command; throws if it fails. */
  command(name: string, ...args: string[]): string;
}

export function strangerProject(folder: string, packages: PackedPackage[]): StrangerProject {
  const path = (file: string) => join(folder, file);
  const inFolder = { cwd: folder, encoding: "utf8" } as const;
  const manifest = {
    name: "stranger",
    private: true,
    dependencies: Object.fromEntries(
      packages.map(({ name, tarball }) => [name, `file:${tarball}`]),
    ),
    devDependencies: {
      "@types/node": installedVersion("@types/node"),
      typescript: installedVersion("typescript"),
    },
  };
  writeFileSync(path("package.json"), JSON.stringify(manifest));
  execFileSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund"], inFolder);

  return {
    run(file, program) {
      writeFileSync(path(file), program);
      return execFileSync(process.execPath, [file], inFolder);
    },
    typeCheck(files, source, options) {
      for (const file of files) writeFileSync(path(file), source);
      const tsc = ["--noEmit", "--strict", "--types", "node", ...options, ...files];
      return spawnSync(path("node_modules/.bin/tsc"), tsc, inFolder).stdout;
    },
    packagesWithInstallScript() {
      const lock = JSON.parse(readFileSync(path("package-lock.json"), "utf8"));
      return Object.entries<{ hasInstallScript?: boolean }>(lock.packages)
        .filter(([, { hasInstallScript }]) => hasInstallScript)
        .map(([installed]) => installed.replace(/^.*node_modules\//, ""));
    },
    command: (name, ...args) => execFileSync(path(`node_modules/.bin/${name}`), args, inFolder),
  };
}
