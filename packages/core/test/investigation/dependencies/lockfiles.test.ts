import { describe, expect, it } from "vitest";
import {
  dependencyChanges,
  isDependencyFile,
} from "../../../src/investigation/dependencies/dependency-changes.js";

/** What each format looks like with one package of two versions, and one that came new. */
const formats: Record<string, (version: string, extra: boolean) => string> = {
  "package-lock.json": (version, extra) =>
    JSON.stringify({
      lockfileVersion: 3,
      packages: {
        "": { name: "shop" },
        "node_modules/pad": { version },
        ...(extra ? { "node_modules/pad/node_modules/@evil/new": { version: "0.0.1" } } : {}),
      },
    }),
  "npm-shrinkwrap.json": (version, extra) =>
    JSON.stringify({
      dependencies: {
        pad: { version, ...(extra ? { dependencies: { "@evil/new": { version: "0.0.1" } } } : {}) },
      },
    }),
  "web/yarn.lock": (version, extra) =>
    `# yarn lockfile v1\n\n"pad@^1.0.0", pad@~1.0.0:\n  version "${version}"\n  resolved "x"\n  dependencies:\n    other "^2"\n${extra ? '\n"@evil/new@npm:^0.0.1":\n  version: 0.0.1\n' : ""}`,
  "pnpm-lock.yaml": (version, extra) =>
    `packages:\n\n  pad@${version}:\n    resolution: {integrity: x}\n${extra ? "\n  '@evil/new@0.0.1(peer@1.0.0)':\n    resolution: {}\n" : ""}`,
  "bun.lock": (version, extra) =>
    `{\n  "packages": {\n    "pad": ["pad@${version}", "", {}],\n${extra ? '    "@evil/new": ["@evil/new@0.0.1", ""],\n' : ""}  }\n}`,
  "Cargo.lock": (version, extra) =>
    `[[package]]\nname = "pad"\nversion = "${version}"\n${extra ? '\n[[package]]\nname = "@evil/new"\nversion = "0.0.1"\n' : ""}`,
  "uv.lock": (version, extra) =>
    `version = 1\n\n[[package]]\nname = "pad"\nversion = "${version}"\nsource = { }\n${extra ? '\n[[package]]\nname = "@evil/new"\nversion = "0.0.1"\n' : ""}`,
  "composer.lock": (version, extra) =>
    JSON.stringify({
      packages: [{ name: "pad", version }],
      "packages-dev": extra ? [{ name: "@evil/new", version: "0.0.1" }] : [],
    }),
  "Pipfile.lock": (version, extra) =>
    JSON.stringify({
      default: { pad: { version: `==${version}` } },
      develop: extra ? { "@evil/new": { version: "==0.0.1" } } : {},
    }),
};

describe("a lockfile", () => {
  it.each(Object.entries(formats))("of each format tells what changed: %s", (path, text) => {
    expect(isDependencyFile(path)).toBe(true);
    const changes = dependencyChanges(path, text("1.0.1", false), text("1.0.2", true));
    expect(changes).toEqual([
      { kind: "package", path, name: "pad", before: ["1.0.1"], after: ["1.0.2"] },
      { kind: "package", path, name: "@evil/new", before: [], after: ["0.0.1"] },
    ]);
    expect(dependencyChanges(path, text("1.0.1", true), text("1.0.1", true))).toEqual([]);
    expect(dependencyChanges(path, text("1.0.1", false), undefined)).toMatchObject([{ after: [] }]);
  });

  it.each([
    ["requirements-dev.txt", "Flask[async]==2.0.1  # why\nuvicorn==1.0 ; x\n", "Flask", "2.0.1"],
    ["Gemfile.lock", "GEM\n  specs:\n    rack (3.0.1)\n      base64 (>= 0.1)\n", "rack", "3.0.1"],
    [
      "go.sum",
      "example.com/a/b v1.2.3 h1:x=\nexample.com/a/b v1.2.3/go.mod h1:y=\n",
      "example.com/a/b",
      "v1.2.3",
    ],
    [
      "go.mod",
      "module x\nrequire (\n\texample.com/a/b v1.2.3 // indirect\n)\n",
      "example.com/a/b",
      "v1.2.3",
    ],
    ["gradle.lockfile", "# c\norg.a:b:1.2=compileClasspath\nempty=\n", "org.a:b", "1.2"],
  ])("of a format with a line for each tells it: %s", (path, text, name, version) => {
    const [change] = dependencyChanges(path, undefined, text);
    expect(change).toEqual({ kind: "package", path, name, before: [], after: [version] });
  });

  it("names packages that are linked, not their folders", () => {
    const lock = JSON.stringify({
      packages: {
        "node_modules/@shop/logo": { resolved: "packages/logo", link: true },
        "packages/logo": { version: "2.0.0" },
      },
    });
    expect(dependencyChanges("package-lock.json", undefined, lock)).toMatchObject([
      { name: "@shop/logo", after: ["2.0.0"] },
    ]);
  });

  it("that is malformed is refused, and costs no time", () => {
    expect(() => dependencyChanges("package-lock.json", "{}", "{")).toThrow();
    const started = performance.now();
    for (const path of [
      "yarn.lock",
      "pnpm-lock.yaml",
      "Cargo.lock",
      "go.sum",
      "requirements.txt",
    ]) {
      dependencyChanges(path, undefined, `${'"@'.repeat(200_000)}\n${"a".repeat(500_000)}`);
    }
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

it("a workflow tells which Actions changed, by any way to write it", () => {
  const before = "steps:\n  - uses: actions/checkout@v4\n  - uses: 'acme/up@v1' # why\n";
  const after =
    'steps:\n  - name: x\n    uses: actions/checkout@v4\n  - uses: "acme/up@v2"\n  - uses: evil/x/y@main\n  - uses: ./local\n';
  expect(dependencyChanges(".github/workflows/ci.yml", before, after)).toEqual([
    {
      kind: "action",
      path: ".github/workflows/ci.yml",
      name: "acme/up",
      before: ["v1"],
      after: ["v2"],
    },
    {
      kind: "action",
      path: ".github/workflows/ci.yml",
      name: "evil/x/y",
      before: [],
      after: ["main"],
    },
  ]);
  expect(isDependencyFile("tools/up/action.yml")).toBe(true);
  expect(isDependencyFile("src/uses.yml")).toBe(false);
});
