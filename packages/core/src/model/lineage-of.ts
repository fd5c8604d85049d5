import type { ProcessRecord } from "../run/process.js";
import type { Lineage } from "./observation.js";
import { type PackageManagerUse, packageManagerUse } from "./package-manager.js";
import {
  actionStarters,
  downloaders,
  fetchHelpers,
  macroRunners,
  runnerScripts,
  runners,
  services,
  shells,
  wrappers,
} from "./program-kinds.js";
import { programName } from "./program-name.js";
import { isInterpreter, scriptOf } from "./script-of.js";

/** What tells how a process came to run. */
export type ProcessCommand = Pick<ProcessRecord, "executable" | "args" | "parentPid">;

interface Member {
  process: ProcessCommand;
  program: string;
  /** What its interpreter runs. */
  script: string | undefined;
  manager: PackageManagerUse | undefined;
}

/** The first process of a machine. */
const initPid = 1;

/**
 * Tells how a process came to run, by its program and those of its ancestors; see {@link Lineage}.
 *
 * `npm test` and `npm run` start the project's own commands: what they start is the step's.
 *
 * A program can bear any name: a lineage says what a process looks like, and is one fact among others.
 *
 * @param ancestors parent first
 */
export function lineageOf(process: ProcessCommand, ancestors: readonly ProcessCommand[]): Lineage {
  const chain = [process, ...ancestors].map(member);
  const [own] = chain;
  if (own === undefined) return "tool";
  if (isPackageCode(chain)) return "install-script";
  if (own.manager !== undefined || isFetching(chain)) return "package-manager";
  if (downloaders.has(own.program) || shells.has(own.program)) return "downloader";
  const starterAt = starterIndex(chain);
  const starter = chain[starterAt];
  if (isRunnersOwn(chain)) return "runner";
  if (starter !== undefined && isRunnersOwn(chain.slice(starterAt))) {
    return actionStarters.has(starter.program) ? "action" : "runner";
  }
  if (isService(own) || isStartedByMachine(chain, starter)) return "service";
  return starter !== undefined && shells.has(starter.program) ? "step-tool" : "tool";
}

/** What a step's processes descend from is the same for all of them, and read once. */
const members = new WeakMap<ProcessCommand, Member>();

function member(process: ProcessCommand): Member {
  const known = members.get(process);
  if (known) return known;
  const program = programName(process);
  const made = {
    process,
    program,
    script: scriptOf(program, process.args)?.name,
    manager: packageManagerUse(program, process.args),
  };
  members.set(process, made);
  return made;
}

/**
 * Whether a package decides what a process does: anything but the manager's own helpers between it and a manager that
 * installs, or a build script or macro of a crate.
 */
function isPackageCode(chain: readonly Member[]): boolean {
  // Cargo names them so: https://doc.rust-lang.org/cargo/reference/build-scripts.html
  if (chain.some(({ program }) => program.startsWith("build-script-"))) return true;
  const macroAt = chain.findIndex(({ program }) => macroRunners.has(program));
  if (macroAt >= 0 && chain.slice(macroAt).some(({ manager }) => manager?.isCargo)) return true;
  return chain.some(
    ({ manager }, at) =>
      manager?.isInstalling &&
      manager.runsPackageScripts &&
      !chain.slice(0, at).every((_, below) => isHelper(chain, below, manager)),
  );
}

/** Whether a process only fetches for a manager that installs. */
function isFetching(chain: readonly Member[]): boolean {
  const managerAt = chain.findIndex(({ manager }) => manager !== undefined);
  const manager = chain[managerAt]?.manager;
  if (!manager?.isInstalling) return false;
  return chain.slice(0, managerAt).every((_, below) => isHelper(chain, below, manager));
}

function isHelper(chain: readonly Member[], at: number, user: PackageManagerUse): boolean {
  const helper = chain[at];
  if (helper === undefined) return false;
  const { program, process, manager } = helper;
  if (manager !== undefined || wrappers.has(program) || isGit(program)) return true;
  if (fetchHelpers.has(program) || process.executable?.includes("/apt/methods/")) return true;
  if (program === "ssh") return isGit(chain[at + 1]?.program ?? "");
  if (downloaders.has(program)) return user.fetchesWithDownloader;
  return !user.runsPackageScripts && !isInterpreter(program);
}

const isGit = (program: string) => program === "git" || program.startsWith("git-");

/** Where in a chain the one stands that started its first: not one that merely waits for it. -1 if nobody is known. */
function starterIndex(chain: readonly Member[]): number {
  return chain.findIndex((candidate, at) => {
    const below = chain[at - 1];
    return below !== undefined && !isPassing(candidate, below);
  });
}

function isPassing({ program, manager, process }: Member, below: Member): boolean {
  return (
    wrappers.has(program) ||
    manager !== undefined ||
    (isGit(program) && isGit(below.program)) ||
    isSameCommand(process, below.process)
  );
}

/** A copy that a program made of itself. */
function isSameCommand(one: ProcessCommand, other: ProcessCommand): boolean {
  return (
    one.executable === other.executable &&
    one.args.length === other.args.length &&
    one.args.every((arg, at) => arg === other.args[at])
  );
}

const isRunner = ({ program, script }: Member) =>
  runners.has(program) || (script !== undefined && runnerScripts.has(script));

/** The runner itself, and no program of a step that bears its name: below the topmost runner are only runners. */
function isRunnersOwn(chain: readonly Member[]): boolean {
  const top = chain.findLastIndex(isRunner);
  return top >= 0 && chain.slice(0, top + 1).every(isRunner);
}

const isService = ({ program, script }: Member) =>
  services.has(program) ||
  program.startsWith("systemd-") ||
  (script !== undefined && services.has(script));

function isStartedByMachine(chain: readonly Member[], starter: Member | undefined): boolean {
  if (starter !== undefined) return isService(starter);
  return chain.at(-1)?.process.parentPid === initPid;
}
