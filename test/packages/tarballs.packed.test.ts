import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { describe, expect, it } from "vitest";
import { packPackages } from "./packed-packages.js";
import { temporaryFolder } from "./temporary-folder.js";
import { workspaceRoot } from "./workspace-root.js";

const packages = packPackages(temporaryFolder("tarballs"));

/** package.json, licence and notes; what is built, with its source; a command; the kernel programs. */
const expectedFile =
  /^(package\.json|LICENSE|README\.md|CHANGELOG\.md|dist\/.+\.(js|cjs|d\.ts|d\.cts)(\.map)?|src\/.+\.tsx?|bin\/[\w-]+\.js|schema\/straycall\.json|bpf\/(LICENSE|.+\.(c|h|o|json)))$/;

const neededFiles = ["LICENSE", "README.md", "dist/index.js", "src/index.ts"];

it("packs every package", () => {
  expect(packages.map(({ name }) => name)).toContain("@straycall/core");
  expect(packages.length).toBeGreaterThanOrEqual(6);
});

describe.each(packages)("the tarball of $name", ({ tarball, files }) => {
  it("holds what was built, its source, a README and the licence, and nothing else", () => {
    expect(neededFiles.filter((file) => !files.includes(file))).toEqual([]);
    expect(files.filter((file) => !expectedFile.test(file))).toEqual([]);
    expect(files.filter((file) => /(^|\/)test\/|\.test\./.test(file))).toEqual([]);
  });

  it("is what publint expects", async () => {
    const { buffer } = new Uint8Array(readFileSync(tarball));
    const { messages, pkg } = await publint({ pack: { tarball: buffer }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it("has the right types for every way to import it", () => {
    // Only Node 10 and older know no exports map, so subpaths do not resolve there.
    const options = ["--profile", "node16", "--no-definitely-typed", "--format", "ascii"];
    const { status, stdout } = spawnSync(
      join(workspaceRoot, "node_modules/.bin/attw"),
      [tarball, ...options],
      {
        encoding: "utf8",
      },
    );
    expect(status, stdout).toBe(0);
  });
});
