import { copyFileSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "tsup";

const agentPackage = fileURLToPath(new URL("../packages/agent-linux", import.meta.url));

/**
 * Bundles programs as a host would run them: plain JavaScript, nothing compiled on the way. They lie in a folder laid
 * out as the agent's package is, and below it, so that they find koffi.
 *
 * @param entry name of each program, and its source
 * @returns the folder of the programs
 */
export async function bundle(name: string, entry: Record<string, string>): Promise<string> {
  const folder = join(agentPackage, "node_modules/.cache", name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(agentPackage, "package.json"), join(folder, "package.json"));
  symlinkSync(join(agentPackage, "bpf"), join(folder, "bpf"));
  const outDir = join(folder, "dist");
  await build({
    config: false,
    silent: true,
    entry,
    format: "esm",
    target: "node20",
    external: ["koffi"],
    noExternal: [/^(?!koffi$)/],
    esbuildOptions(options) {
      options.conditions = ["@straycall/source"];
    },
    outDir,
  });
  return outDir;
}
