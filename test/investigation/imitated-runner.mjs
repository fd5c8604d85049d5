#!/usr/bin/env node
// Imitates a GitHub Actions runner: runs the steps of a job file, each with the environment that the real runner gives it
// (https://docs.github.com/actions/reference/variables-reference), and writes a log as the real one does. Its clock for the
// log is not the machine's.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const { steps, temp, log, clockAheadMs } = JSON.parse(readFileSync(process.argv[2], "utf8"));

const say = (text) => {
  const written = new Date(Date.now() + clockAheadMs).toISOString().replace("Z", "0000Z");
  appendFileSync(log, `${written} ${text}\n`);
};

let status = 0;
for (const [index, { name, action, run, environment = {} }] of steps.entries()) {
  const script = join(temp, `${index}.sh`);
  writeFileSync(script, `${run}\n`);
  const [repository = "", ref = ""] = action?.split("@") ?? [];
  say(`##[group]Run ${action ?? run.split("\n")[0]}`);
  if (!action) for (const line of run.split("\n")) say(`\u001b[36;1m${line}\u001b[0m`);
  say("##[endgroup]");
  const child = spawn("bash", ["--noprofile", "--norc", "-e", "-o", "pipefail", script], {
    env: {
      ...process.env,
      ...environment,
      GITHUB_ACTION: name,
      GITHUB_ACTION_REPOSITORY: repository,
      GITHUB_ACTION_REF: ref,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit");
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", say);
  }
  await ended;
  if (child.exitCode !== 0) {
    say(`##[error]Process completed with exit code ${child.exitCode}.`);
    status = 1;
    break;
  }
}
process.exitCode = status;
