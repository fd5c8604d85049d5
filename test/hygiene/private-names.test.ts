import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { privateNames } from "./private-names.js";
import { projectFiles } from "./project-files.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

describe("names that stay with the developers", () => {
  it("are in no file of the project, compiled ones included", () => {
    const files = projectFiles(root);
    expect(files).toContain("test/hygiene/private-names.ts");
    const found = files.flatMap((file) =>
      privateNames(readFileSync(join(root, file), "latin1")).map((name) => `${file}: ${name}`),
    );
    expect(found).toEqual([]);
  });

  it("are a package registry's host, however it is written", () => {
    const host = ["registry", "npmjs", "org"].join(".");
    expect(privateNames(`resolved https://${host.toUpperCase()}/zod`)).toEqual([host]);
  });

  it("are a folder of a developer's machine, and not a runner's", () => {
    const folder = ["", "work", "main"].join("/");
    expect(privateNames(`at ${folder}/packages/core`)).toEqual([folder]);
    const hosted = ["", "home", "runner", "work", "main", "main", "build.js"].join("/");
    expect(privateNames(`at ${hosted}`)).toEqual([]);
  });
});
