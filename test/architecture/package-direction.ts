import type { SourceImport, SourceTree } from "./source-tree.js";
import type { WorkspacePackage } from "./workspace-packages.js";

const core = "@straycall/core";

/** Commands put adapters together, so each names here the adapters that it may import. */
const compositionRoots = [
  { folder: "packages/agent-linux/src/command/", mayImport: ["@straycall/store-sqlite"] },
];

/** What the sources of packages/ import against the direction of dependencies, one sentence each. */
export function wrongDirections(tree: SourceTree): string[] {
  const libraries = tree.packages.filter(({ folder }) => folder.startsWith("packages/"));
  return libraries.flatMap((library) =>
    tree.imports
      .filter(({ file }) => file.startsWith(`${library.folder}/src/`))
      .flatMap((found) => {
        const reason = wrongIn(library, found);
        return reason ? [`${found.file} imports ${found.specifier}: ${reason}`] : [];
      }),
  );
}

function wrongIn(library: WorkspacePackage, { file, target }: SourceImport): string | undefined {
  const root = compositionRoots.find(({ folder }) => file.startsWith(folder));
  switch (target.kind) {
    case "node":
      return library.name === core ? "core imports nothing from Node" : undefined;
    case "external":
      return wrongExternal(library, target.name);
    case "workspace":
      if (root?.mayImport.includes(target.package.name))
        return wrongExternal(library, target.package.name);
      return wrongWorkspace(library, target.package.name);
    case "file":
      return wrongFile(library, target.path, root !== undefined);
  }
}

function wrongExternal({ dependencies, peers }: WorkspacePackage, name: string) {
  if (dependencies.includes(name) || peers.includes(name)) return;
  return "it is neither a dependency nor a peer dependency";
}

function wrongWorkspace({ peers }: WorkspacePackage, name: string) {
  if (name !== core) return "an adapter imports no package of the workspace but core";
  if (!peers.includes(core)) return "core is not declared as a peer dependency";
}

function wrongFile({ folder }: WorkspacePackage, path: string, fromCommand: boolean) {
  if (!path.startsWith(`${folder}/src/`)) return "a source imports only sources of its own package";
  const command = compositionRoots.find((root) => path.startsWith(root.folder));
  if (command && !fromCommand) return "the library does not import its own command";
}
