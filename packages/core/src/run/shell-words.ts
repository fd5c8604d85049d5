/** What a POSIX shell takes as it is; a leading `~` would become a home directory. */
const plainWord = /^(?!~)[A-Za-z0-9_@%+=:,./~^-]+$/;

/** Writes arguments as one would type them in a POSIX shell, so that the line can be pasted to try it again. */
export function shellWords(args: readonly string[]): string {
  return args.map((arg, index) => (isPlain(arg, index) ? arg : quote(arg))).join(" ");
}

/** In front of a command, `LD_PRELOAD=x` would be a setting and not the program's name. */
function isPlain(arg: string, index: number): boolean {
  return plainWord.test(arg) && !(index === 0 && arg.includes("="));
}

function quote(arg: string): string {
  return `'${arg.replaceAll("'", "'\\''")}'`;
}
