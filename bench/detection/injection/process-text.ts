/** One program of a process text, with what it may have been instead. */
export interface ProcessLevel {
  /** Program and arguments, each as one would type it. */
  alternatives: string[][];
}

/** Programs of another operating system: a Linux runner has none of them. */
const otherSystems = new Set([
  "cmd",
  "cmd.exe",
  "certutil",
  "powershell",
  "powershell.exe",
  "pwsh",
]);
/** From here on a text tells where and when, not which program. */
const prose = new Set(["in", "at", "from", "on", "via", "every", "piped", "later", "then", "with"]);
const programName = /^[\w.+@/-]{1,100}$/;

/**
 * Reads how people write who made a call: `curl|wget <- sh|cmd <- node preinstall.js`, the calling program first.
 *
 * Brackets hold remarks, what follows a semicolon or comma happened later. What reads as no program is left out,
 * so any text gives something, possibly nothing.
 */
export function readProcessText(text: string): ProcessLevel[] {
  const plain = text.replace(/\([^)]*\)?/g, " ").split(/[;,]/)[0] ?? "";
  return plain.split("<-").flatMap((level) => {
    const words = level.trim().split(/\s+/);
    const [first = "", ...rest] = words;
    const end = rest.findIndex((word) => prose.has(word.toLowerCase()) || !programName.test(word));
    const args = end === -1 ? rest : rest.slice(0, end);
    const alternatives = first
      .split("|")
      .filter((program) => programName.test(program) && !otherSystems.has(program.toLowerCase()))
      .map((program) => [program, ...args]);
    return alternatives.length > 0 ? [{ alternatives }] : [];
  });
}
