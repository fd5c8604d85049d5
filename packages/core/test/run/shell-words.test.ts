import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { shellWords } from "../../src/index.js";

/** What a real shell makes of the line. */
function wordsInShell(line: string): string[] {
  const script = `for word in ${line}; do printf '%s\\0' "$word"; done`;
  return execFileSync("sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
}

describe("shellWords", () => {
  it("leaves plain words as one would type them", () => {
    expect(shellWords(["curl", "-sS", "--retry=3", "https://example.com/a_b"])).toBe(
      "curl -sS --retry=3 https://example.com/a_b",
    );
  });

  it("quotes what the shell would take apart or expand", () => {
    expect(shellWords(["sh", "-c", "echo $HOME && it's"])).toBe("sh -c 'echo $HOME && it'\\''s'");
    expect(shellWords(["ls", ""])).toBe("ls ''");
    expect(shellWords(["ls", "~root", "a~b"])).toBe("ls '~root' a~b");
  });

  it("does not let the program's name become a setting", () => {
    expect(shellWords(["LD_PRELOAD=/tmp/x.so", "ls", "A=b"])).toBe("'LD_PRELOAD=/tmp/x.so' ls A=b");
  });

  it.each([
    ["$(reboot)", "`id`", "a;b", "a&b", "a|b", ">file", "#no comment"],
    ["", " ", "\t", "two\nlines", "'", "''", "'\\''", '"', "\\", "*", "?", "[a]", "{a,b}", "!x"],
    ["~", "~root", "-n", "é", "😀", "x=~", "%1", "^a^b"],
  ])("is read back by a shell as it was: %j", (...args) => {
    expect(wordsInShell(shellWords(["program", ...args]))).toEqual(["program", ...args]);
  });
});
