// Installs what is missing and runs the reference service from its source: `npm start -- --empty` passes --empty on.
import { spawn, spawnSync } from "node:child_process";
import { constants } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const install = [join(root, "scripts/pnpm.mjs"), "install"];
const service = [
  "--conditions=@straycall/source",
  "--import=tsx",
  join(root, "examples/reference-service/src/main.ts"),
  ...process.argv.slice(2),
];

const installed = spawnSync(process.execPath, install, { cwd: root, stdio: "inherit" });
if (installed.status !== 0) process.exit(installed.status ?? 1);

const child = spawn(process.execPath, service, { cwd: root, stdio: "inherit" });
// The service decides what to do with a signal; this process only waits for it. In a terminal, Ctrl-C reaches both.
const isTerminal = process.stdin.isTTY;
for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"]) {
  process.on(signal, () => {
    if (!(isTerminal && signal === "SIGINT")) child.kill(signal);
  });
}
child.on("exit", (code, signal) => {
  process.exitCode = signal ? 128 + constants.signals[signal] : code;
});
