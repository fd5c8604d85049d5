import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { workspaceRoot } from "./workspace-root.js";

export interface PackedPackage {
  name: string;
  tarball: string;
  /** The paths inside the tarball. */
  files: string[];
  /** What can be imported: its name, and its name with each subpath. */
  specifiers: string[];
}

/** Packs every package under packages/ into `folder`, as `npm publish` would upload it. */
export function packPackages(folder: string): PackedPackage[] {
  const pnpm = [join(workspaceRoot, "scripts/pnpm.mjs"), "--recursive", "--filter", "./packages/*"];
  const pack = ["pack", "--json", "--pack-destination", folder];
  const output = execFileSync(process.execPath, [...pnpm, ...pack], { encoding: "utf8" });
  const tarballs: { filename: string }[] = JSON.parse(output);
  return tarballs.map(({ filename }) => packedPackage(filename));
}

function packedPackage(tarball: string): PackedPackage {
  const manifest = JSON.parse(tar("-xzOf", tarball, "package/package.json"));
  const subpaths = Object.keys(manifest.exports).filter((key) => !key.endsWith(".json"));
  return {
    name: manifest.name,
    tarball,
    files: tar("-tzf", tarball)
      .trim()
      .split("\n")
      .map((path) => path.replace("package/", "")),
    specifiers: subpaths.map((subpath) => manifest.name + subpath.slice(1)),
  };
}

function tar(...options: string[]): string {
  return execFileSync("tar", options, { encoding: "utf8" });
}
