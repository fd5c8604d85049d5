import { describe, expect, it } from "vitest";
import { programName } from "../../src/model/program-name.js";

const nameOf = (executable: string | undefined, ...args: string[]) =>
  programName(executable === undefined ? { args } : { executable, args });

describe("programName", () => {
  it.each([
    ["/usr/bin/python3.11", "python"],
    ["/opt/node20", "node"],
    ["/usr/bin/clang-14", "clang"],
    ["/usr/local/bin/node-v20.11.0", "node"],
    ["/usr/bin/containerd-shim-runc-v2", "containerd-shim-runc"],
    ["/home/runner/bin/Runner.Worker", "Runner.Worker"],
    ["C:\\Program Files\\nodejs\\node.exe", "node"],
    ["C:\\Windows\\System32\\CMD.EXE", "CMD"],
    ["/src/target/debug/deps/api-3fa29b1c2d4e5f60", "api"],
    ["/usr/bin/curl (deleted)", "curl"],
    ["/memfd:x9 (deleted)", "memfd"],
    ["/opt/3.11", "3.11"],
    ["/usr/bin/", "unknown"],
  ])("of %s is %s", (executable, name) => {
    expect(nameOf(executable)).toBe(name);
  });

  it("is that of the interpreter, whatever it runs", () => {
    expect(nameOf("/usr/bin/node", "node", "/usr/bin/npm", "ci")).toBe("node");
  });

  it("is that of the applet where one executable is many programs", () => {
    expect(nameOf("/bin/busybox", "wget", "-q")).toBe("wget");
    expect(nameOf("/bin/busybox", "busybox", "nc")).toBe("nc");
    expect(nameOf("/bin/busybox", "/bin/sh")).toBe("sh");
    expect(nameOf("/bin/busybox")).toBe("unknown");
  });

  it("is that of the first argument where the executable is not known", () => {
    expect(nameOf(undefined, "/usr/bin/python3", "-m", "pip")).toBe("python");
    expect(nameOf(undefined, "-bash")).toBe("bash");
    expect(nameOf(undefined, "nginx: worker process")).toBe("nginx");
    expect(nameOf(undefined)).toBe("unknown");
  });

  it("is bounded and visible, whatever a program is called", () => {
    for (const hostile of [
      "a".repeat(100_000),
      "\0\u202e\x1b[2J",
      "1.".repeat(5000),
      "😀".repeat(90),
    ]) {
      const name = nameOf(`/tmp/${hostile}`);
      expect(name.length).toBeLessThanOrEqual(64);
      expect(name).toMatch(/^[\x21-\x7e…😀]+$/u);
    }
    expect(nameOf("/tmp/__proto__")).toBe("__proto__");
  });
});
