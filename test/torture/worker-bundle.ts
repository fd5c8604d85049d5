import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsup";

const storePackage = fileURLToPath(new URL("../../packages/store-sqlite", import.meta.url));

/**
 * Bundles the worker into plain JavaScript, so that the processes start as quickly as a service does. It lies where SQLite's
 * driver is found.
 */
export async function bundleWorker(): Promise<string> {
  const outDir = join(storePackage, "node_modules/.cache/straycall-torture");
  rmSync(outDir, { recursive: true, force: true });
  mkdirSync(outDir, { recursive: true });
  await build({
    config: false,
    silent: true,
    entry: { worker: fileURLToPath(new URL("worker.ts", import.meta.url)) },
    format: "esm",
    target: "node20",
    external: ["@photostructure/sqlite"],
    noExternal: [/^(?!@photostructure\/sqlite$)/],
    // What is CommonJS among the libraries asks for Node's modules by `require`.
    banner: {
      js: 'import { createRequire as requireFrom } from "node:module"; const require = requireFrom(import.meta.url);',
    },
    esbuildOptions(options) {
      options.conditions = ["@straycall/source"];
    },
    outDir,
  });
  return join(outDir, "worker.js");
}
