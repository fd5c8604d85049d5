import { readdirSync } from "node:fs";
import { join } from "node:path";

/** What tools make, and git ignores. */
const generatedNames = new Set([".git", "node_modules", "dist", "coverage"]);
const generatedPaths = new Set(["data", "docs/reference"]);
const generatedName = /^\.blocks-|\.(tgz|tsbuildinfo|db|db-shm|db-wal)$/;

/** Every file of the project under `root`, relative to it; found without git, which a user may not have. */
export function projectFiles(root: string, folder = ""): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (generatedNames.has(entry.name) || generatedPaths.has(path)) return [];
    if (generatedName.test(entry.name)) return [];
    if (entry.isDirectory()) return projectFiles(root, path);
    return entry.isFile() ? [path] : [];
  });
}
