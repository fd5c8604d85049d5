import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandProblem } from "../../src/command/find-command.js";

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "straycall-find-"));
  mkdirSync(join(directory, "bin"));
  for (const name of ["tool", "notes"]) writeFileSync(join(directory, "bin", name), "#!/bin/sh\n");
  chmodSync(join(directory, "bin", "tool"), 0o755);
  mkdirSync(join(directory, "elsewhere", "notes"), { recursive: true });
});
afterAll(() => rmSync(directory, { recursive: true }));

describe("a command", () => {
  const problem = (command: string, path?: string) => commandProblem(command, { path, directory });

  it("is looked for in PATH", () => {
    expect(problem("tool", `/nowhere:${directory}/bin`)).toBeUndefined();
    expect(problem("tool", "/nowhere")).toBe("not-found");
  });

  it("is looked for in the current folder where PATH has an empty entry", () => {
    expect(commandProblem("tool", { path: ":/nowhere", directory: `${directory}/bin` })).toBe(
      undefined,
    );
  });

  it("is looked for in the standard folders without a PATH", () => {
    expect(problem("sh")).toBeUndefined();
  });

  it("is a path if it has a slash", () => {
    expect(problem("./bin/tool", "")).toBeUndefined();
    expect(problem(`${directory}/bin/tool`, "")).toBeUndefined();
    expect(problem("./tool", `${directory}/bin`)).toBe("not-found");
  });

  it("may be there and not executable", () => {
    expect(problem("notes", `${directory}/bin`)).toBe("not-executable");
    expect(problem("./bin")).toBe("not-executable");
    expect(problem("notes", `${directory}/elsewhere:/nowhere`)).toBe("not-executable");
  });

  it("is not found under a file, nor with an impossible name", () => {
    expect(problem("./bin/tool/x")).toBe("not-found");
    expect(problem("x".repeat(5000), "/bin")).toBe("not-found");
    expect(problem("a\0b", "/bin")).toBe("not-found");
  });
});
