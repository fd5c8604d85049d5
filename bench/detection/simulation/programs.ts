import type { ProgramStart } from "./caller.js";

/**
 * Which part of a toolchain's version is new: a job that updates its tools runs the same program from
 * another path.
 */
export type Generation = number;

const start = (executable: string, readable: boolean, ...args: string[]): ProgramStart => ({
  executable,
  args: [executable.slice(executable.lastIndexOf("/") + 1), ...args],
  readable,
});

/** Node carries OpenSSL. */
export const node = (generation: Generation, ...args: string[]) =>
  start(`/opt/hostedtoolcache/node/22.${generation}.0/x64/bin/node`, true, ...args);

export const python = (generation: Generation, ...args: string[]) =>
  start(`/opt/hostedtoolcache/Python/3.12.${generation}/x64/bin/python3.12`, true, ...args);

const ruby = (generation: Generation, ...args: string[]) =>
  start(`/opt/hostedtoolcache/Ruby/3.3.${generation}/x64/bin/ruby`, true, ...args);

/** Java and Go bring TLS of their own: nobody looks inside. */
const java = (generation: Generation, ...args: string[]) =>
  start(`/opt/hostedtoolcache/Java_Temurin/21.0.${generation}/x64/bin/java`, false, ...args);

export const shell = (...args: string[]) => start("/usr/bin/sh", false, ...args);
export const bash = (...args: string[]) => start("/usr/bin/bash", false, ...args);
export const curl = (...args: string[]) => start("/usr/bin/curl", true, ...args);
export const wget = (...args: string[]) => start("/usr/bin/wget", true, ...args);
export const gitRemote = () => start("/usr/lib/git-core/git-remote-https", true, "origin");
export const git = (...args: string[]) => start("/usr/bin/git", true, ...args);
export const systemd = () => start("/usr/lib/systemd/systemd", false);

/** A program without a version in its path; unreadable, as most single binaries are (Go, Rust). */
export const binary = (name: string, ...args: string[]) =>
  start(`/usr/local/bin/${name}`, false, ...args);

/** Anything at a path of its own. */
export const programAt = (executable: string, readable: boolean, ...args: string[]) =>
  start(executable, readable, ...args);

/** The CI runner, which starts every step. */
export const runnerChain = (): ProgramStart[] => [
  start("/home/runner/runners/2.320.0/bin/Runner.Worker", true, "spawnclient"),
  start("/home/runner/runners/2.320.0/bin/Runner.Listener", true, "run"),
];

const nodeTools = new Set(["npm", "npx", "yarn", "pnpm", "playwright", "node"]);
const pythonTools = new Set(
  ["pip", "pip3", "pipx", "pipenv", "poetry", "tox", "nox", "twine", "mkdocs", "pre-commit"].concat(
    ["sphinx-build", "gcloud", "az", "aws", "codecov", "python", "python3", "pytest", "hatch"],
  ),
);
const javaTools = new Set(["mvn", "gradle", "gradlew", "sbt", "ant"]);
const rubyTools = new Set(["bundle", "gem", "jekyll", "rake"]);

/**
 * The processes that a shell tool's calls come from, down to what the step's shell starts: the calling one
 * first. `child` chooses among what a build tool may start.
 */
export function toolChain(tool: string, generation: Generation, child: number): ProgramStart[] {
  if (nodeTools.has(tool)) return [node(generation, `/usr/local/bin/${tool}`, "ci")];
  if (pythonTools.has(tool)) return [python(generation, `/usr/local/bin/${tool}`, "install")];
  if (javaTools.has(tool)) return [java(generation, "-cp", `/usr/share/${tool}`, "verify")];
  if (rubyTools.has(tool)) return [ruby(generation, `/usr/local/bin/${tool}`, "install")];
  switch (tool) {
    case "git":
      return [gitRemote(), git("fetch", "origin")];
    case "curl":
      return [curl("-sSfL")];
    case "wget":
      return [wget("-q")];
    case "apt-get":
    case "apt":
      return [
        start("/usr/lib/apt/methods/http", true),
        start("/usr/bin/apt-get", false, "update"),
        start("/usr/bin/sudo", false, "apt-get", "update"),
      ];
    case "docker":
      return [start("/usr/bin/dockerd", false), systemd()];
    case "snap":
      return [start("/usr/lib/snapd/snapd", false), systemd()];
    case "brew":
      return [curl("--fail"), ruby(0, "brew.rb", "install")];
    case "composer":
      return [start("/usr/bin/php8.3", true, "/usr/local/bin/composer", "install")];
    case "dotnet":
    case "nuget":
      return [start("/usr/share/dotnet/dotnet", true, "restore")];
    case "mix":
      return [start("/usr/lib/erlang/bin/beam.smp", false, "mix", "deps.get")];
    case "cargo":
      return [start("/home/runner/.cargo/bin/cargo", true, "build")];
    case "make":
    case "cmake": {
      const made = [
        curl("-sSfL"),
        binary("go", "build"),
        gitRemote(),
        python(generation, "gen.py"),
      ];
      return [made[child % made.length] ?? curl(), start(`/usr/bin/${tool}`, false)];
    }
    default:
      return [binary(tool)];
  }
}

/** What a package manager starts when a package it installs has a script: a binary fetched at install time. */
export function installScriptChain(
  tool: string,
  generation: Generation,
  child: number,
): ProgramStart[] | undefined {
  const manager = toolChain(tool, generation, child);
  if (tool === "npm" || tool === "yarn" || tool === "pnpm" || tool === "npx") {
    const scripts = [
      [node(generation, "install.js"), shell("-c", "node install.js")],
      [node(generation, "scripts/postinstall.js"), shell("-c", "node scripts/postinstall.js")],
      [curl("-L", "-o", "bin.tgz"), shell("-c", "curl -L -o bin.tgz")],
    ];
    return [...(scripts[child % scripts.length] ?? []), ...manager];
  }
  if (["pip", "pip3", "poetry", "uv", "tox"].includes(tool)) {
    return [python(generation, "setup.py", "bdist_wheel"), ...manager];
  }
  if (tool === "cargo") {
    const script = "/home/runner/work/app/app/target/release/build/native-5f1e/build-script-build";
    return [start(script, true), ...manager];
  }
  if (tool === "bundle" || tool === "gem") return [ruby(generation, "extconf.rb"), ...manager];
  if (tool === "composer") {
    return [start("/usr/bin/php8.3", true, "bin/fetch"), shell("-c", "bin/fetch"), ...manager];
  }
  return undefined;
}
