import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface WorkspacePackage {
  name: string;
  /** Relative to the root, without a slash at the end. */
  folder: string;
  /** The keys of its exports map. */
  exports: string[];
  dependencies: string[];
  peers: string[];
}

/** The packages under packages/ and examples/ of the workspace at `root`. */
export function readWorkspacePackages(root: string): WorkspacePackage[] {
  return ["packages", "examples"]
    .filter((parent) => existsSync(join(root, parent)))
    .flatMap((parent) => readdirSync(join(root, parent)).map((name) => `${parent}/${name}`))
    .filter((folder) => existsSync(join(root, folder, "package.json")))
    .map((folder) => readPackage(root, folder));
}

function readPackage(root: string, folder: string): WorkspacePackage {
  const manifest = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
  return {
    name: manifest.name,
    folder,
    exports: Object.keys(manifest.exports ?? {}),
    dependencies: Object.keys(manifest.dependencies ?? {}),
    peers: Object.keys(manifest.peerDependencies ?? {}),
  };
}
