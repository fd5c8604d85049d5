/**
 * Runs every benchmark below this folder (`*.bench.ts`), or those whose name contains an argument:
 * `npm run bench -- store`. Each prints ratios against a named peer measured in the same run.
 */
import { readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);

const files = readdirSync(folder)
  .filter((file) => file.endsWith(".bench.ts"))
  .filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word)))
  .sort();

for (const file of files) {
  console.log(`\n## ${file.replace(".bench.ts", "")}\n`);
  const { default: run } = await import(pathToFileURL(join(folder, file)).href);
  await run?.();
}
