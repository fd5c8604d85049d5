/** Versions by name. */
export type Versions = Map<string, Set<string>>;

/** What a file of the repository says of where code from outside comes from. */
export interface DependencyFile {
  kind: "package" | "action";
  /** Whether a path is such a file. */
  isAt(path: string): boolean;
  /** What it names, in which versions; throws, or answers with less, for one that is malformed. */
  read(text: string): Versions;
}

export function noteVersion(versions: Versions, name: string, version: string): void {
  if (name === "" || version === "") return;
  const known = versions.get(name) ?? new Set();
  known.add(version);
  versions.set(name, known);
}

/** Reads versions off lines; a pattern's first group is the name, its second the version. */
export function versionsOnLines(text: string, pattern: RegExp): Versions {
  const versions: Versions = new Map();
  for (const line of text.split("\n")) {
    const [, name = "", version = ""] = pattern.exec(line.slice(0, 1_000)) ?? [];
    noteVersion(versions, name, version);
  }
  return versions;
}

export const baseName = (path: string) => path.slice(path.lastIndexOf("/") + 1);
