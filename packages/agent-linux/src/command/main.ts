import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { isStraycallError } from "@straycall/core";
import { sqliteStore } from "@straycall/store-sqlite";
import { packageFile } from "../package-file.js";
import { type CaptureKind, type Invocation, parseArguments } from "./arguments.js";
import { type CgroupScopeOptions, cgroupScope } from "./cgroup-scope.js";
import type { CommandScope } from "./command-scope.js";
import { defaultDatabaseFile } from "./database-file.js";
import { doctor } from "./doctor/doctor.js";
import { exitStatus } from "./exit-status.js";
import { helpText } from "./help-text.js";
import { pollingScope } from "./polling-scope.js";
import { runCommand } from "./run-command.js";
import { runPolicy } from "./run-policy.js";
import { processTerminal } from "./terminal.js";

const environment = process.env;
const terminal = processTerminal(environment);

main(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});

async function main(argv: string[]): Promise<number> {
  let invocation: Invocation | undefined;
  try {
    invocation = parseArguments(argv);
    return await act(invocation);
  } catch (error) {
    for (const line of (error as Error).message.split("\n")) terminal.warn(line);
    if (isStraycallError(error, "CAPTURE_UNSUPPORTED")) {
      const isBlocking = invocation?.action === "run" && invocation.request.block !== undefined;
      const polling = isBlocking ? "" : " --capture polling does without, and sees less.";
      terminal.tell(`See straycall-agent doctor.${polling}\n`);
    }
    if (!isStraycallError(error, "CONFIG_INVALID")) return exitStatus.failed;
    terminal.tell("Try straycall-agent --help\n");
    return exitStatus.wrongUsage;
  }
}

async function act(invocation: Invocation): Promise<number> {
  switch (invocation.action) {
    case "help":
      terminal.print(helpText);
      return 0;
    case "version":
      terminal.print(`${packageVersion()}\n`);
      return 0;
    case "doctor":
      return doctor(openScope, terminal, invocation);
    case "run": {
      const { request } = invocation;
      const path = request.database ?? defaultDatabaseFile(environment);
      const policy = request.block && runPolicy(request.block);
      return runCommand(request, {
        environment,
        directory: process.cwd(),
        host: hostname(),
        openScope: (kind, resolvers) => openScope(kind, { resolvers, policy }),
        openStore: () => sqliteStore({ path }),
        terminal,
      });
    }
  }
}

function openScope(kind: CaptureKind, options: CgroupScopeOptions = {}): CommandScope {
  return kind === "polling" ? pollingScope() : cgroupScope(options);
}

function packageVersion(): string {
  return JSON.parse(readFileSync(packageFile("package.json"), "utf8")).version;
}
