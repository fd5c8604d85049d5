import { javaManagers, type PackageManager, packageManagers } from "./package-managers.js";
import { fileName, withoutVersion } from "./program-name.js";
import { isInterpreter, scriptOf } from "./script-of.js";

/** A process that is a package manager. */
export interface PackageManagerUse {
  /** It brings packages here, rather than run the project's own commands. */
  isInstalling: boolean;
  /** Packages have a say in what it starts when it installs: lifecycle scripts, build backends, maintainer scripts. */
  runsPackageScripts: boolean;
  /** It fetches with curl or wget. */
  fetchesWithDownloader: boolean;
  isCargo: boolean;
}

interface Commands {
  manager: PackageManager;
  installs: ReadonlySet<string>;
  runs: ReadonlySet<string>;
  packageCommands: ReadonlySet<string>;
}

const words = (text: string | undefined) => new Set(text === undefined ? [] : text.split(" "));

const commandsOf = new Map<string, Commands>(
  packageManagers.flatMap((manager) => {
    const commands: Commands = {
      manager,
      installs: words(manager.installs),
      runs: words(manager.runs),
      packageCommands: words(manager.runtimeUnless),
    };
    return manager.names.split(" ").map((name): [string, Commands] => [name, commands]);
  }),
);

/** Options of several managers whose value is the next argument: a folder or a package, and no command. */
const valueOptions = new Set(
  "--prefix -C --cwd -w --workspace --filter -F --dir --directory --manifest-path --project --registry -o --root".split(
    " ",
  ),
);
/** A command stands within the first arguments. */
const maxArgs = 64;

/**
 * The package manager that a process is, by its program or by the script that an interpreter runs:
 * `node /usr/lib/node_modules/npm/bin/npm-cli.js`, `python3 -m pip`.
 */
export function packageManagerUse(
  program: string,
  args: readonly string[],
): PackageManagerUse | undefined {
  return useOf(program, args.slice(1)) ?? scriptUse(program, args) ?? titleUse(program, args);
}

/** npm and others write what they do where their command line was: `npm install left-pad`, in one piece. */
function titleUse(program: string, args: readonly string[]): PackageManagerUse | undefined {
  if (!isInterpreter(program)) return undefined;
  const [first = "", ...rest] = args;
  const [name = "", ...told] = first.slice(0, 1024).split(" ");
  return useOf(scriptName(fileName(name)), [...told, ...rest.slice(0, maxArgs)]);
}

function scriptUse(program: string, args: readonly string[]): PackageManagerUse | undefined {
  const script = scriptOf(program, args);
  if (script === undefined) return undefined;
  const name = javaManagers.get(script.name) ?? scriptName(script.name);
  return useOf(name, script.args);
}

/** `npm` for `npm-cli.js`, `yarn` for `yarn-4.1.0.cjs`, `gradle` for `gradlew`. */
function scriptName(file: string): string {
  const bare = file.slice(0, 256).replace(/\.(?:[cm]?js|rb|pyz?|phar|php|sh|exe|bat|cmd)$/, "");
  return withoutVersion(bare.replace(/-cli$/, "")).replace(/^(gradle|mvn)w$/, "$1");
}

function useOf(name: string, args: readonly string[]): PackageManagerUse | undefined {
  const commands = commandsOf.get(name);
  if (commands === undefined) return undefined;
  const given = commandWords(args);
  if (commands.manager.runtimeUnless !== undefined && !isPackageCommand(commands, given[0])) {
    return undefined;
  }
  return {
    isInstalling: isInstalling(commands, given),
    runsPackageScripts: commands.manager.runsPackageScripts === true,
    fetchesWithDownloader: commands.manager.fetchesWithDownloader === true,
    isCargo: name === "cargo",
  };
}

function isPackageCommand({ installs, packageCommands }: Commands, word: string | undefined) {
  return word !== undefined && (installs.has(word) || packageCommands.has(word));
}

/** The first word that is a command decides: `yarn workspace web add left-pad` installs. */
function isInstalling({ installs, runs }: Commands, given: readonly string[]): boolean {
  if (given.length === 0) return installs.has("-");
  if (installs.has("*")) return true;
  const command = given.find((word) => installs.has(word) || runs.has(word));
  return command !== undefined && installs.has(command);
}

function commandWords(args: readonly string[]): string[] {
  return args
    .slice(0, maxArgs)
    .filter((arg, at) => !/^[-+]/.test(arg) && !valueOptions.has(args[at - 1] ?? ""));
}
