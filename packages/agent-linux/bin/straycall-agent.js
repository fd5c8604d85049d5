#!/usr/bin/env node
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";

const file = (path) => fileURLToPath(new URL(path, import.meta.url));
const source = file("../src/command/main.ts");

// A published package holds the source too, but does not lie in the workspace.
const isCheckout = existsSync(file("../../../pnpm-workspace.yaml")) && existsSync(source);

if (isCheckout) runSource();
else await import("../dist/command/main.js");

/** Runs the TypeScript as it is, so that a checkout needs no build. */
function runSource() {
  const node = ["--conditions=@straycall/source", "--import", import.meta.resolve("tsx")];
  const child = spawn(process.execPath, [...node, source, ...process.argv.slice(2)], {
    stdio: "inherit",
  });
  // That process decides what to do with a signal; this one only waits for it.
  for (const signal of ["SIGHUP", "SIGINT", "SIGQUIT", "SIGTERM"]) {
    process.on(signal, () => child.kill(signal));
  }
  child.on("exit", (code, signal) => {
    process.exitCode = signal ? 128 + constants.signals[signal] : code;
  });
}
