import { describe, expect, it } from "vitest";
import { visibleText } from "../../src/index.js";

describe("visibleText", () => {
  it("leaves what people write as it is", () => {
    const text = "npm ci — ⚙️ Größe: 12 µs, 日本語, עברית";
    expect(visibleText(text)).toBe(text);
  });

  it("writes control characters as escapes", () => {
    expect(visibleText("a\nb\rc\td")).toBe("a\\nb\\rc\\td");
    expect(visibleText("\u0000 \u001b[31m \u007f \u009b")).toBe("\\x00 \\x1b[31m \\x7f \\x9b");
  });

  it("writes what reorders text as escapes", () => {
    expect(visibleText("\u202egnp.exe\u202c")).toBe("\\u202egnp.exe\\u202c");
    expect(visibleText("\u2066a\u2069\u200f\u061c")).toBe("\\u2066a\\u2069\\u200f\\u061c");
  });

  it("writes what cannot be seen as escapes", () => {
    expect(visibleText("pay\u200bpal\u00ad\ufeff\u2060\u3164\u115f")).toBe(
      "pay\\u200bpal\\xad\\ufeff\\u2060\\u3164\\u115f",
    );
    expect(visibleText("line\u2028 paragraph\u2029")).toBe("line\\u2028 paragraph\\u2029");
    expect(visibleText("tag \u{e0041}, selector \u{e0100}")).toBe(
      "tag \\u{e0041}, selector \\u{e0100}",
    );
  });

  it("replaces half a surrogate pair", () => {
    expect(visibleText("a\ud800b\udc00c")).toBe("a\ufffdb\ufffdc");
  });

  it("keeps a text that just fits and cuts a longer one", () => {
    expect(visibleText("12345", 5)).toBe("12345");
    expect(visibleText("123456", 5)).toBe("1234…");
  });

  it("counts the escapes, not the characters they stand for", () => {
    expect(visibleText("\n\n\n", 5)).toBe("\\n\\n…");
    expect(visibleText("\u{e0041}".repeat(1_000), 20)).toHaveLength(20);
  });

  it("does not cut a character in two", () => {
    expect(visibleText("ab😀cd", 4)).toBe("ab…");
    expect(visibleText("ab😀cd", 5)).toBe("ab😀…");
  });

  it("bounds a text of any length", () => {
    expect(visibleText("\u202e".repeat(1_000_000))).toHaveLength(2_000);
  });
});
