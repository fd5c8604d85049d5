import type { SourceTree } from "./source-tree.js";

/** The cycles of files that import each other, types included, each written `a -> b -> a`. */
export function importCycles(tree: SourceTree): string[] {
  const importsOf = fileImports(tree);
  const finished = new Set<string>();
  const cycles: string[] = [];

  function follow(file: string, path: string[]): void {
    const start = path.indexOf(file);
    if (start >= 0) {
      cycles.push([...path.slice(start), file].join(" -> "));
      return;
    }
    if (finished.has(file)) return;
    for (const imported of importsOf.get(file) ?? []) follow(imported, [...path, file]);
    finished.add(file);
  }

  for (const file of tree.files) follow(file, []);
  return cycles;
}

function fileImports(tree: SourceTree): Map<string, string[]> {
  const importsOf = new Map<string, string[]>();
  for (const { file, target } of tree.imports) {
    if (target.kind !== "file") continue;
    importsOf.set(file, [...(importsOf.get(file) ?? []), target.path]);
  }
  return importsOf;
}
