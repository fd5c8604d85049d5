import { noteVersion, type Versions } from "./dependencies.js";

/* https://docs.npmjs.com/cli/configuring-npm/package-lock-json */

interface NpmPackage {
  version?: unknown;
  resolved?: unknown;
  link?: unknown;
}

interface NpmLock {
  packages?: Record<string, NpmPackage>;
  dependencies?: Record<string, NpmDependency>;
}

interface NpmDependency {
  version?: unknown;
  dependencies?: Record<string, NpmDependency>;
}

const maxDepth = 64;

export function npmVersions(text: string): Versions {
  const versions: Versions = new Map();
  const { packages, dependencies } = JSON.parse(text) as NpmLock;
  for (const [path, entry] of Object.entries(packages ?? {})) {
    const name = installedName(path);
    if (name === undefined) continue;
    const linked = entry.link === true ? packages?.[String(entry.resolved)] : undefined;
    noteVersion(versions, name, versionText(linked ?? entry, entry));
  }
  if (packages === undefined) noteNested(versions, dependencies ?? {}, 0);
  return versions;
}

/** Where the packages lie that are not copied into `node_modules` but linked: by their folder in the repository. */
export function npmLinks(text: string): Map<string, string> {
  const links = new Map<string, string>();
  for (const [path, entry] of Object.entries((JSON.parse(text) as NpmLock).packages ?? {})) {
    const name = installedName(path);
    if (name !== undefined && entry.link === true) links.set(String(entry.resolved), name);
  }
  return links;
}

/** `node_modules/a/node_modules/@scope/b` is `@scope/b`. */
function installedName(path: string): string | undefined {
  const at = path.lastIndexOf("node_modules/");
  return at < 0 ? undefined : path.slice(at + "node_modules/".length);
}

/** One from a file or a repository may have no version. */
function versionText({ version }: NpmPackage, { resolved }: NpmPackage): string {
  if (typeof version === "string") return version;
  return typeof resolved === "string" ? resolved : "unknown";
}

function noteNested(
  versions: Versions,
  dependencies: Record<string, NpmDependency>,
  depth: number,
): void {
  if (depth > maxDepth) return;
  for (const [name, { version, dependencies: nested }] of Object.entries(dependencies)) {
    noteVersion(versions, name, String(version ?? "unknown"));
    noteNested(versions, nested ?? {}, depth + 1);
  }
}
