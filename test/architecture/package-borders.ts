import type { SourceImport, SourceTree } from "./source-tree.js";
import type { WorkspacePackage } from "./workspace-packages.js";

/** The imports that cross a package's border by another way than its exports, and those that lead into an example. */
export function crossedBorders(tree: SourceTree): string[] {
  return tree.imports.flatMap((found) => {
    const reason = crossedBy(found, tree.packages);
    return reason ? [`${found.file} imports ${found.specifier}: ${reason}`] : [];
  });
}

function crossedBy({ file, target }: SourceImport, packages: WorkspacePackage[]) {
  const from = packageAround(file, packages);
  const to = target.kind === "workspace" ? target.package : targetPackage(target, packages);
  if (!to || to === from) return;
  // The tests across packages run the examples; nothing else knows them.
  if (isExample(to)) return file.startsWith("test/") ? undefined : "nothing imports an example";
  if (target.kind === "file") return `${to.name} is imported by its name`;
  if (target.kind === "workspace" && !to.exports.includes(target.subpath)) {
    return `${to.name} does not export ${target.subpath}`;
  }
}

function targetPackage(target: SourceImport["target"], packages: WorkspacePackage[]) {
  return target.kind === "file" ? packageAround(target.path, packages) : undefined;
}

function packageAround(path: string, packages: WorkspacePackage[]) {
  return packages.find(({ folder }) => path.startsWith(`${folder}/`));
}

function isExample({ folder }: WorkspacePackage) {
  return folder.startsWith("examples/");
}
