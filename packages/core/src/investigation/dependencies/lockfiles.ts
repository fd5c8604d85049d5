import {
  baseName,
  type DependencyFile,
  noteVersion,
  type Versions,
  versionsOnLines,
} from "./dependencies.js";
import { npmVersions } from "./npm-lockfile.js";

/* The formats as their tools document or write them; each reader takes what it knows and leaves the rest. */

const named =
  (...names: string[]) =>
  (path: string) =>
    names.includes(baseName(path));

const lockfile = (isAt: DependencyFile["isAt"], read: DependencyFile["read"]): DependencyFile => ({
  kind: "package",
  isAt,
  read,
});

/** `[[package]]` tables with `name` and `version`: https://doc.rust-lang.org/cargo/guide/cargo-toml-vs-cargo-lock.html */
function tomlPackages(text: string): Versions {
  const versions: Versions = new Map();
  for (const table of text.split(/^\[\[package\]\]/m).slice(1)) {
    const field = (key: string) => new RegExp(`^${key} = "([^"\\n]*)"`, "m").exec(table)?.[1] ?? "";
    noteVersion(versions, field("name"), field("version"));
  }
  return versions;
}

/** https://yarnpkg.com/advanced/lexicon#lockfile: who asked for it, then its version. */
function yarnVersions(text: string): Versions {
  const versions: Versions = new Map();
  let names: string[] = [];
  for (const line of text.split("\n")) {
    if (/^\S/.test(line) && !line.startsWith("#")) {
      names = line
        .slice(0, 10_000)
        .split(",")
        .map((asked) => /^\s*"?((?:@[^/@"]+\/)?[^@"\s]+)@/.exec(asked)?.[1] ?? "");
    }
    const version = /^ {2}version:? "?([^"\s]+)"?/.exec(line.slice(0, 1_000))?.[1] ?? "";
    for (const name of new Set(names)) noteVersion(versions, name, version);
  }
  return versions;
}

interface ComposerLock {
  packages?: { name?: string; version?: string }[];
  "packages-dev"?: { name?: string; version?: string }[];
}

function composerVersions(text: string): Versions {
  const versions: Versions = new Map();
  const lock: ComposerLock = JSON.parse(text);
  for (const { name, version } of [...(lock.packages ?? []), ...(lock["packages-dev"] ?? [])]) {
    noteVersion(versions, String(name ?? ""), String(version ?? ""));
  }
  return versions;
}

/** https://pipenv.pypa.io/en/latest/pipfile.html */
function pipenvVersions(text: string): Versions {
  const versions: Versions = new Map();
  const lock: Record<string, Record<string, { version?: string }>> = JSON.parse(text);
  for (const group of [lock.default, lock.develop]) {
    for (const [name, entry] of Object.entries(group ?? {})) {
      noteVersion(versions, name, String(entry?.version ?? "").replace(/^==/, ""));
    }
  }
  return versions;
}

export const lockfiles: readonly DependencyFile[] = [
  lockfile(named("package-lock.json", "npm-shrinkwrap.json"), npmVersions),
  lockfile(named("yarn.lock"), yarnVersions),
  // `  /left-pad@1.3.0:`, `  '@scope/name@1.0.0(peer@2)':`, and `  /left-pad/1.3.0:` of older ones.
  lockfile(named("pnpm-lock.yaml"), (text) =>
    versionsOnLines(text, /^ {2}'?\/?((?:@[^/@'\s]+\/)?[^/@'\s]+)[@/](\d[^(:'\s]*)[^:]*:\s*$/),
  ),
  // `"left-pad": ["left-pad@1.3.0", ...`
  lockfile(named("bun.lock"), (text) =>
    versionsOnLines(text, /^\s*"[^"]+": \["((?:@[^/@"]+\/)?[^@"]+)@([^"]+)"/),
  ),
  lockfile(named("Cargo.lock", "poetry.lock", "uv.lock", "pdm.lock"), tomlPackages),
  lockfile(named("Pipfile.lock"), pipenvVersions),
  lockfile(
    (path) => /^(?:requirements|constraints)[\w.-]*\.(?:txt|in)$/.test(baseName(path)),
    (text) =>
      versionsOnLines(text, /^\s*([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*===?\s*([^\s;#\\]+)/),
  ),
  // `    rack (3.0.1)`: four spaces; what a gem needs stands below it with six.
  lockfile(named("Gemfile.lock"), (text) =>
    versionsOnLines(text, /^ {4}([A-Za-z0-9][\w.-]*) \(([^)]+)\)$/),
  ),
  lockfile(named("go.sum"), (text) => versionsOnLines(text, /^(\S+) (v[^\s/]+)(?:\/go\.mod)? h1:/)),
  lockfile(named("go.mod"), (text) =>
    versionsOnLines(text, /^\s*(?:require )?([\w.-]+(?:\/[\w.~-]+)+) (v\d\S*)/),
  ),
  lockfile(named("composer.lock"), composerVersions),
  lockfile(named("gradle.lockfile"), (text) =>
    versionsOnLines(text, /^([^#:=\s]+:[^:=\s]+):([^=\s]+)=/),
  ),
];
