const plainWord = /^[A-Za-z0-9_@%+=:,./~^-]+$/;

/** Writes arguments as one would type them in a POSIX shell, so that the line can be pasted to try it again. */
export function shellWords(args: readonly string[]): string {
  return args
    .map((arg) => (plainWord.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`))
    .join(" ");
}
