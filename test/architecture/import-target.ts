import { isBuiltin } from "node:module";
import { posix } from "node:path";
import type { WorkspacePackage } from "./workspace-packages.js";

/** Where an import leads: into Node, a file of this workspace, a package of it, or a package from outside. */
export type ImportTarget =
  | { kind: "node" }
  | { kind: "file"; path: string }
  | { kind: "workspace"; package: WorkspacePackage; subpath: string }
  | { kind: "external"; name: string };

export function importTarget(
  file: string,
  specifier: string,
  files: ReadonlySet<string>,
  packages: readonly WorkspacePackage[],
): ImportTarget {
  // A newer Node has modules that this one does not know, such as node:sqlite.
  if (isBuiltin(specifier) || specifier.startsWith("node:")) return { kind: "node" };
  if (specifier.startsWith(".")) {
    return { kind: "file", path: sourcePath(posix.join(posix.dirname(file), specifier), files) };
  }
  const name = packageName(specifier);
  const found = packages.find((candidate) => candidate.name === name);
  if (!found) return { kind: "external", name };
  return { kind: "workspace", package: found, subpath: `.${specifier.slice(name.length)}` };
}

/** An import says ./call.js where the source is ./call.ts. */
function sourcePath(path: string, files: ReadonlySet<string>): string {
  const written = [path, path.replace(/\.js$/, ".ts"), path.replace(/\.js$/, ".tsx")];
  return written.find((candidate) => files.has(candidate)) ?? path;
}

function packageName(specifier: string): string {
  const parts = specifier.split("/");
  return parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
}
