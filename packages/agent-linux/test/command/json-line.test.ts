import { describe, expect, it } from "vitest";
import { jsonLine } from "../../src/command/json-line.js";

describe("a line of JSON", () => {
  it("is printable ASCII whatever is in it, and reads back the same", () => {
    const hostile = { name: "\x1b[31m\x9b\u202e\u2028\n\ud83d\ude00 é" };
    const line = jsonLine(hostile);
    expect(line).toMatch(/^[\x20-\x7e]+\n$/);
    expect(JSON.parse(line)).toEqual(hostile);
  });
});
