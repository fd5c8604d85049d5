import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { defaultDatabaseFile, makeDatabaseFolder } from "../../src/command/database-file.js";

const directory = mkdtempSync(join(tmpdir(), "straycall-state-"));
afterAll(() => rmSync(directory, { recursive: true }));

describe("the default database", () => {
  it("is where the user keeps state", () => {
    expect(defaultDatabaseFile({ XDG_STATE_HOME: "/var/state" }, "/home/me")).toBe(
      "/var/state/straycall/straycall.db",
    );
    expect(defaultDatabaseFile({}, "/home/me")).toBe(
      "/home/me/.local/state/straycall/straycall.db",
    );
  });

  it("ignores a relative XDG_STATE_HOME", () => {
    expect(defaultDatabaseFile({ XDG_STATE_HOME: "state" }, "/home/me")).toMatch(/^\/home\/me\//);
  });

  it("gets a folder that only its owner reads", () => {
    makeDatabaseFolder(join(directory, "a", "b", "straycall.db"));
    expect(statSync(join(directory, "a", "b")).mode & 0o777).toBe(0o700);
  });

  it("says which folder cannot be made", () => {
    writeFileSync(join(directory, "file"), "");
    expect(() => makeDatabaseFolder(join(directory, "file", "x.db"))).toThrow(
      expect.objectContaining({
        code: "STORE_FAILED",
        message: expect.stringContaining(`${directory}/file`),
      }),
    );
  });
});
