import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CiLogLine, CiProvider, RunRecord } from "@straycall/core";
import { afterAll, describe, expect, it } from "vitest";
import { localCiProvider } from "../src/index.js";
import { sampleClone } from "./sample-clone.js";

const job = { platform: "local", repository: "acme/shop", workflow: "ci", job: "build" };
const { signal } = new AbortController();
const folder = mkdtempSync(join(tmpdir(), "straycall-ci-local-"));
const clone = sampleClone();
const provider = localCiProvider({ clone: clone.folder, log: () => join(folder, "log") });
afterAll(() => {
  for (const each of [folder, clone.folder]) rmSync(each, { recursive: true, force: true });
});

const commitsOf = async (query: { from?: string; to: string; limit?: number }) =>
  (await provider.commits?.({ job, limit: 100, ...query }, signal)) ?? { commits: [], more: false };

describe("commits", () => {
  it("are told with who made them, what they say and what they changed", async () => {
    const first = clone.commit("first", { "a.txt": "one\ntwo\n", "old name.txt": "the same\n" });
    const second = clone.commit("second\n\nwith a body", {
      "a.txt": "one\n2\n",
      "old name.txt": undefined,
      "neu/ü \t name.txt": "the same\n",
      "picture.bin": "\u0000\u0001",
    });
    const { commits, more } = await commitsOf({ from: first, to: second });
    expect(more).toBe(false);
    expect(commits).toMatchObject([
      {
        id: second,
        parent: first,
        author: "Ann <ann@x.example>",
        message: "second\n\nwith a body",
      },
    ]);
    expect(commits[0]?.time).toBeGreaterThan(1e12);
    expect(commits[0]?.files).toEqual([
      { path: "a.txt", patch: "@@ -1,2 +1,2 @@\n one\n-two\n+2\n" },
      { path: "neu/ü \t name.txt", previousPath: "old name.txt" },
      { path: "picture.bin" },
    ]);
    expect((await commitsOf({ to: second })).commits).toHaveLength(1);
    expect((await commitsOf({ to: first })).commits[0]).not.toHaveProperty("parent");
  });

  it("are told as more where there are more than were asked for", async () => {
    const from = clone.commit("from", {});
    for (const each of ["x", "y", "z"]) clone.commit(each, {});
    const { commits, more } = await commitsOf({
      from,
      to: clone.git("rev-parse", "HEAD"),
      limit: 2,
    });
    expect(commits.map(({ message }) => message)).toEqual(["z", "y"]);
    expect(more).toBe(true);
  });

  it("stay apart whatever their messages and files hold", async () => {
    const from = clone.commit("from", { "diff.txt": "x\n" });
    const text = "diff --git a/evil b/evil\n--- a/evil\n+++ b/evil\n@@ -1 +1 @@\n+no\n";
    const to = clone.commit("diff --git a/x b/x\n<script>\u001b[31m", { "diff.txt": text });
    const { commits } = await commitsOf({ from, to });
    expect(commits.map(({ files }) => files.map(({ path }) => path))).toEqual([["diff.txt"]]);
  });

  it("are asked for by nothing but ids", async () => {
    for (const to of ["--output=/tmp/x", "HEAD", "main..", "", "-p", "0".repeat(65)]) {
      await expect(commitsOf({ to })).rejects.toMatchObject({ code: "CI_FAILED" });
    }
    await expect(commitsOf({ to: "0123456789" })).rejects.toMatchObject({ code: "CI_FAILED" });
  });

  it("run nothing that the clone configures", async () => {
    const evil = join(folder, "ran");
    const from = clone.commit("from", { ".gitattributes": "*.txt diff=evil filter=evil\n" });
    for (const key of ["diff.evil.command", "diff.evil.textconv", "core.fsmonitor", "core.pager"]) {
      clone.git("config", key, `touch ${evil}; cat`);
    }
    const to = clone.commit("to", { "c.txt": "new\n" });
    await commitsOf({ from, to });
    await provider.file?.({ job, commit: to, path: "c.txt" }, signal);
    rmSync(evil, { force: true });
    await commitsOf({ from, to });
    await provider.searchCode?.({ job, text: "new", within: "repository", limit: 9 }, signal);
    expect(existsSync(evil)).toBe(false);
  });
});

it("a file is told as it is in a commit", async () => {
  const before = clone.commit("before", { "d/f.txt": "old" });
  const after = clone.commit("after", { "d/f.txt": "new" });
  const read = (commit: string, path: string) => provider.file?.({ job, commit, path }, signal);
  expect(await read(before, "d/f.txt")).toBe("old");
  expect(await read(after, "d/f.txt")).toBe("new");
  expect(await read(after, "nothing.txt")).toBeUndefined();
  expect(await read(after, "../../etc/passwd")).toBeUndefined();
});

it("the source is searched for a text as it is, whatever it holds", async () => {
  const commit = clone.commit("search", {
    "hosts.yml": "a: b\nhost: Api.Example.com\nother: apiXexample.com\n",
    "-e": "api.example.com\n",
  });
  const search = (text: string) =>
    provider.searchCode?.({ job, text, within: "repository", commit, limit: 9 }, signal);
  expect(await search("api.example.com")).toEqual([
    { repository: "acme/shop", path: "-e", line: 1, text: "api.example.com" },
    { repository: "acme/shop", path: "hosts.yml", line: 2, text: "host: Api.Example.com" },
  ]);
  expect(await search("--open-files-in-pager=touch")).toEqual([]);
});

describe("a log file", () => {
  const linesOf = async (text: string, from: CiProvider = provider): Promise<CiLogLine[]> => {
    writeFileSync(join(folder, "log"), text);
    const lines: CiLogLine[] = [];
    const log = await from.log?.({ runId: "1" } as RunRecord, signal);
    for await (const line of log ?? []) lines.push(line);
    return lines;
  };

  it("is told line by line, with the times that it holds", async () => {
    const lines = await linesOf(
      "\ufeff2026-01-02T03:04:05.1234567Z first\r\nwithout a time\n\n2026-01-02T03:04:06+01:00 last",
    );
    expect(lines).toEqual([
      { text: "first", time: Date.parse("2026-01-02T03:04:05.123Z") },
      { text: "without a time" },
      { text: "" },
      { text: "last", time: Date.parse("2026-01-02T02:04:06Z") },
    ]);
  });

  it("of one endless line is cut", async () => {
    const [line, next] = await linesOf(`${"x".repeat(3_000_000)}\nnext`);
    expect(line?.text.length).toBe(1_000_000);
    expect(next?.text).toBe("next");
  });

  it("that is not there is none", async () => {
    const none = localCiProvider({ log: () => join(folder, "nothing") });
    expect(await none.log?.({ runId: "1" } as RunRecord, signal)).toBeUndefined();
  });
});

it("needs a clone or a log", () => {
  expect(() => localCiProvider({})).toThrow(/clone or log must be given/);
});
