import { execFileSync } from "node:child_process";

/** A Node with OpenSSL 1.1.1 inside, from a package that is nothing but that program. @returns its path */
export function openssl1Node(): string {
  const from = `--package=node-linux-${process.arch}@16.20.2`;
  const told = execFileSync("npx", ["--yes", from, "--", "node", "-p", "process.execPath"], {
    encoding: "utf8",
  });
  return told.trim();
}
