import { readdirSync } from "node:fs";
import { join } from "node:path";

const libraryNames = /^lib(ssl|gnutls)\.so\.[\d.]{1,16}$/;
const folders = [
  "usr/lib",
  "usr/lib/x86_64-linux-gnu",
  "usr/lib/aarch64-linux-gnu",
  "usr/lib64",
  "lib",
  "lib64",
  "lib/x86_64-linux-gnu",
  "lib/aarch64-linux-gnu",
  "usr/local/lib",
  "usr/local/lib64",
];
const maxNames = 64;

/** Files named as a TLS library in the usual folders, below `root`. */
export function libraryFiles(root: string): string[] {
  return folders.flatMap((folder) => libraryFilesIn(join(root, folder)));
}

/** Files named as a TLS library in one folder; none if it cannot be read. */
export function libraryFilesIn(folder: string): string[] {
  try {
    const names = readdirSync(folder).filter((name) => libraryNames.test(name));
    return names.slice(0, maxNames).map((name) => join(folder, name));
  } catch {
    return [];
  }
}
