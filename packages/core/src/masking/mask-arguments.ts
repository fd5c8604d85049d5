import { mask, maskSecrets } from "./mask-secrets.js";
import { isSecretName } from "./secret-name.js";

/**
 * The short option that takes a secret, by program: nothing in its name says so. A map and no object: programs are
 * named by whoever runs them, `constructor` too.
 */
const secretOptions = new Map([
  ["docker", "-p"],
  ["podman", "-p"],
  ["twine", "-p"],
  ["sshpass", "-p"],
  ["redis-cli", "-a"],
  ["curl", "-b"],
]);

/** Programs whose secret follows `-p` without a space. */
const attachPassword = new Set(["mysql", "mysqldump", "mysqladmin", "mariadb", "sshpass"]);

/** Programs whose `-u` takes `user:password`; elsewhere it is a user and a group, or a file. */
const takesUserPassword = /^(?:curl|wget|https?|ab|siege)$/;
const userOption = /^(?:-[a-zA-Z]*[uU]|--user|--proxy-user)$/;
const attachedUser = /^(-[uU]|--(?:proxy-)?user=)[^:]*:./s;

/**
 * Masks the secrets in a command's arguments: `--token x`, `--token=x`, `KEY=x`, `curl -u user:x`, headers, URLs,
 * and the same inside the script of `sh -c`.
 *
 * The number of arguments stays the same.
 */
export function maskArguments(args: readonly string[]): string[] {
  const program = programOf(args[0] ?? "");
  return args.map((arg, index) => {
    if (index === 0) return maskSecrets(arg);
    const before = args.slice(Math.max(0, index - 2), index);
    const isScript = /^-[a-z]*c$/.test(before.at(-1) ?? "") && /\s/.test(arg);
    return isScript ? maskScript(arg) : maskArgument(arg, before, program);
  });
}

function maskArgument(arg: string, before: readonly string[], program: string): string {
  const option = before.at(-1) ?? "";
  if (isSecretOf(option, before, program) && !arg.startsWith("-")) return mask;
  if (takesUserPassword.test(program)) {
    if (userOption.test(option)) return arg.replace(/:.*/s, `:${mask}`);
    if (attachedUser.test(arg)) return arg.replace(/:.*/s, `:${mask}`);
  }
  if (attachPassword.has(program) && /^-p./s.test(arg)) return `-p${mask}`;
  const [, name] = /^(-{0,2}[\w.-]{1,128})=./s.exec(arg) ?? [];
  if (name !== undefined && isSecretName(name)) return `${name}=${mask}`;
  return /\s/.test(arg) ? maskScript(arg) : maskSecrets(arg);
}

function isSecretOf(option: string, before: readonly string[], program: string): boolean {
  if (option !== "" && secretOptions.get(program) === option) return true;
  // aws configure set aws_secret_access_key X
  if (before.at(-2) === "set") return isSecretName(option);
  return /^--?[a-z]/i.test(option) && !option.includes("=") && isSecretName(option);
}

/** Treats the words of a script as arguments of the program named last before them. */
function maskScript(script: string): string {
  let program = "";
  const before: string[] = [];
  return maskSecrets(script).replace(/[^\s;|&]+/g, (word) => {
    const [, quote = "", bare = ""] = /^(["']?)(.*?)["']?$/s.exec(word) ?? [];
    if (isKnownProgram(programOf(bare))) program = programOf(bare);
    const isPlain = bare !== "" && !bare.includes(mask) && !bare.startsWith("$");
    const masked = isPlain ? maskArgument(bare, before, program) : bare;
    before.push(bare);
    if (before.length > 2) before.shift();
    return masked === bare ? word : `${quote}${masked}${quote}`;
  });
}

function isKnownProgram(name: string): boolean {
  return secretOptions.has(name) || attachPassword.has(name) || takesUserPassword.test(name);
}

function programOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
