import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type ImportTarget, importTarget } from "./import-target.js";
import { importedSpecifiers } from "./imported-specifiers.js";
import { readWorkspacePackages, type WorkspacePackage } from "./workspace-packages.js";

export interface SourceImport {
  /** The importing file, relative to the root. */
  file: string;
  specifier: string;
  target: ImportTarget;
}

export interface SourceTree {
  packages: WorkspacePackage[];
  /** Every source file, relative to the root. */
  files: string[];
  imports: SourceImport[];
}

const sourceFolders = ["packages", "examples", "bench", "test", "scripts"];
const generatedFolders = new Set(["node_modules", "dist", "recordings"]);
const sourceName = /\.(ts|tsx|mts|cts|js|mjs|cjs)$/;

/** Reads every source file of the workspace at `root` and what each imports. */
export function readSourceTree(root: string): SourceTree {
  const packages = readWorkspacePackages(root);
  const files = sourceFolders.flatMap((folder) => sourceFiles(root, folder));
  const known = new Set(files);
  const imports = files.flatMap((file) =>
    importedSpecifiers(readFileSync(join(root, file), "utf8")).map((specifier) => ({
      file,
      specifier,
      target: importTarget(file, specifier, known, packages),
    })),
  );
  return { packages, files, imports };
}

function sourceFiles(root: string, folder: string): string[] {
  return foldersAndFiles(join(root, folder)).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isFile()) return sourceName.test(entry.name) ? [path] : [];
    const isSource = entry.isDirectory() && !generatedFolders.has(entry.name);
    return isSource && !entry.name.startsWith(".") ? sourceFiles(root, path) : [];
  });
}

function foldersAndFiles(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return []; // a small tree has no bench, and a folder may go while it is read
  }
}
