import { mask, maskSecrets } from "./mask-secrets.js";
import { isSecretName } from "./secret-name.js";

/** Options whose value is `user:password`, by program: curl, wget, npm's auth, mysql and alike are covered by name. */
const userPasswordOptions = new Set(["-u", "--user", "--proxy-user", "-U"]);

/**
 * Masks the secrets in a command's arguments: `--token x`, `--token=x`, `KEY=x`, `-u user:x`, headers, URLs.
 *
 * The number of arguments stays the same.
 */
export function maskArguments(args: readonly string[]): string[] {
  let previous = "";
  return args.map((arg) => {
    const masked = maskArgument(arg, previous);
    previous = arg;
    return masked;
  });
}

function maskArgument(arg: string, previous: string): string {
  if (userPasswordOptions.has(previous)) return arg.replace(/:.*/s, `:${mask}`);
  const isValueOfSecretOption =
    /^--?[a-z]/i.test(previous) && !previous.includes("=") && isSecretName(previous);
  if (isValueOfSecretOption && !arg.startsWith("-")) return mask;
  return maskSecrets(arg);
}
