import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { brokenLinks } from "./markdown-links.js";
import { projectFiles } from "./project-files.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

function brokenIn(markdown: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), "straycall-links-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "page.md"), markdown);
  writeFileSync(join(folder, "other.md"), "# What `is` where?\n\n## Twice\n\n## Twice\n");
  return brokenLinks(folder, "page.md");
}

describe("links in Markdown", () => {
  it("lead somewhere in every page of the project", () => {
    const pages = projectFiles(root).filter((file) => file.endsWith(".md"));
    expect(pages).toContain("README.md");
    expect(pages.flatMap((page) => brokenLinks(root, page))).toEqual([]);
  });

  it("are broken where the file or the picture is missing", () => {
    const markdown = "[here](other.md) [gone](gone.md)\n\n| ![gone](gone.png) |\n|---|\n";
    expect(brokenIn(markdown)).toEqual(["page.md: gone.md", "page.md: gone.png"]);
  });

  it("are broken where the heading is missing", () => {
    const markdown =
      "# Start\n[a](#start) [b](other.md#what-is-where) [c](other.md#twice-1) [d](other.md#no)";
    expect(brokenIn(markdown)).toEqual(["page.md: other.md#no"]);
  });

  it("are left alone where they lead out of the project", () => {
    expect(brokenIn("[a](https://example.com/gone) <mailto:a@example.com>")).toEqual([]);
  });

  it("are not looked for in code", () => {
    expect(brokenIn("```md\n[gone](gone.md)\n```\n`[gone](gone.md)`")).toEqual([]);
  });
});
