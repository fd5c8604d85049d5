import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A real repository that grows by commits. */
export interface SampleClone {
  folder: string;
  /** Writes files, commits them, and answers with the commit's id. A file that is `undefined` goes. */
  commit(message: string, files: Record<string, string | undefined>): string;
  git(...args: string[]): string;
}

export function sampleClone(): SampleClone {
  const folder = mkdtempSync(join(tmpdir(), "straycall-clone-"));
  const git = (...args: string[]) =>
    execFileSync(
      "git",
      ["-C", folder, "-c", "user.name=Ann", "-c", "user.email=ann@x.example", ...args],
      {
        encoding: "utf8",
        env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
      },
    ).trim();
  git("init", "--quiet", "--initial-branch=main");
  return {
    folder,
    git,
    commit(message, files) {
      for (const [path, text] of Object.entries(files)) {
        if (text === undefined) {
          git("rm", "--quiet", "--", path);
          continue;
        }
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text);
      }
      git("add", "--all");
      git("commit", "--quiet", "--allow-empty", "--message", message);
      return git("rev-parse", "HEAD");
    },
  };
}
