import type { CiFileChange } from "@straycall/core";

/**
 * The files of a diff in git's format (https://git-scm.com/docs/diff-format), with prefixes `a/` and `b/`.
 *
 * What a file holds cannot begin a file of its own: its lines stand behind a space, `+` or `-`.
 */
export function changedFiles(diff: string): CiFileChange[] {
  return diff
    .split(/^(?=diff --git )/m)
    .filter((part) => part.startsWith("diff --git "))
    .flatMap((part) => changedFile(part) ?? []);
}

function changedFile(part: string): CiFileChange | undefined {
  const hunksAt = part.search(/^@@ /m);
  const head = hunksAt < 0 ? part : part.slice(0, hunksAt);
  const field = (pattern: RegExp) => {
    const name = pattern.exec(head)?.[1];
    return name === undefined ? undefined : unquoted(name);
  };
  const before = field(/^(?:rename from (.+))$/m) ?? field(/^--- ("?a\/.+?)\t?$/m)?.slice(2);
  const after = field(/^(?:rename to (.+))$/m) ?? field(/^\+\+\+ ("?b\/.+?)\t?$/m)?.slice(2);
  // A file whose content is not shown: its name stands in the first line twice.
  const path = after ?? before ?? /^diff --git a\/(.+) b\/\1$/m.exec(head)?.[1];
  if (path === undefined) return undefined;
  return {
    path,
    ...(before === undefined || before === path ? {} : { previousPath: before }),
    ...(hunksAt < 0 ? {} : { patch: part.slice(hunksAt) }),
  };
}

const escapes: Record<string, string> = { n: "\n", t: "\t", r: "\r", a: "\u0007", b: "\b" };

/** A name with control characters stands in quotes, escaped as in C. */
function unquoted(name: string): string {
  if (!name.startsWith('"') || !name.endsWith('"')) return name;
  return name
    .slice(1, -1)
    .replace(/\\(?:([0-7]{3})|(.))/g, (_, octal: string | undefined, letter: string) =>
      octal === undefined
        ? (escapes[letter] ?? letter)
        : String.fromCharCode(Number.parseInt(octal, 8)),
    );
}
