import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { readSourceTree, type SourceTree } from "./source-tree.js";

const manifests = {
  "packages/core/package.json": manifest("@straycall/core", { dependencies: { zod: "*" } }),
  "packages/store-sqlite/package.json": adapter("@straycall/store-sqlite"),
  "packages/notifier-email/package.json": adapter("@straycall/notifier-email", { nodemailer: "*" }),
  "packages/agent-linux/package.json": adapter("@straycall/agent-linux", {
    "@straycall/store-sqlite": "*",
  }),
  "examples/embed/package.json": manifest("@straycall/example-embed", {}),
};

/** A workspace in miniature on disk, with these sources, as the rules see it; gone when the test ends. */
export function smallWorkspace(sources: Record<string, string>): SourceTree {
  const root = mkdtempSync(join(tmpdir(), "straycall-architecture-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [path, text] of Object.entries({ ...manifests, ...sources })) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return readSourceTree(root);
}

function adapter(name: string, dependencies: Record<string, string> = {}): string {
  return manifest(name, { dependencies, peerDependencies: { "@straycall/core": "*" } });
}

function manifest(name: string, dependencies: object): string {
  const exports = { ".": "./dist/index.js", "./conformance": "./dist/conformance/index.js" };
  return JSON.stringify({ name, exports, ...dependencies });
}
