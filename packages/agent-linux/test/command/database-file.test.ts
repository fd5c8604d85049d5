import { describe, expect, it } from "vitest";
import { defaultDatabaseFile } from "../../src/command/database-file.js";

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
});
