import { describe, expect, it } from "vitest";
import { decodePunycode } from "../../src/knowledge/look-alike/punycode.js";

describe("decodePunycode", () => {
  it.each([
    ["bcher-kva", "bücher"],
    ["e1afmkfd", "пример"],
    ["egbpdaj6bu4bxfgehfvwxn", "ليهمابتكلموشعربي؟"],
    ["ihqwcrb4cv8a8dqg056pqjye", "他们为什么不说中文"],
    ["abc-", "abc"],
  ])("reads %s (RFC 3492, section 7.1)", (text, expected) => {
    expect(decodePunycode(text)).toBe(expected);
  });

  it("gives back what is none", () => {
    for (const text of ["99999999999", "a.b!", "zzzzzzzzzzzzzzzzzzzzzz", "-"]) {
      expect(typeof decodePunycode(text)).toBe("string");
    }
  });
});
