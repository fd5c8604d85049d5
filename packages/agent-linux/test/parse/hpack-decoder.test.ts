import { describe, expect, it } from "vitest";
import { type HpackDecoder, hpackDecoder } from "../../src/parse/hpack-decoder.js";
import { requests, responses, singleFields, tableOf256 } from "./hpack-vectors.js";
import { addedField, indexedField, newest, tableSize } from "./write-hpack.js";

const hex = (text: string) => Buffer.from(text, "hex");

function decode(decoder: HpackDecoder, block: string) {
  const { fields, isWhole } = decoder.decode(hex(block));
  return { fields: fields.map(({ name, value }) => [name, value]), isWhole };
}

describe("header blocks of RFC 7541, appendix C", () => {
  it.each(singleFields)("give the single field $fields", ({ hex: block, fields }) => {
    expect(decode(hpackDecoder(), block)).toEqual({ fields, isWhole: true });
  });

  it.each(["plain", "huffman"] as const)("give the requests, %s", (kind) => {
    const decoder = hpackDecoder();
    for (const { hex: block, fields } of requests[kind]) {
      expect(decode(decoder, block)).toEqual({ fields, isWhole: true });
    }
  });

  it.each(["plain", "huffman"] as const)("give the responses of a small table, %s", (kind) => {
    const decoder = hpackDecoder();
    decode(decoder, tableOf256);
    for (const { hex: block, fields } of responses[kind]) {
      expect(decode(decoder, block)).toEqual({ fields, isWhole: true });
    }
  });
});

describe("a decoder that came late", () => {
  it("leaves open what is only pointed at, and knows the rest", () => {
    const [, , third] = requests.huffman;
    expect(decode(hpackDecoder(), third?.hex ?? "")).toEqual({
      fields: [
        [":method", "GET"],
        [":scheme", "https"],
        [":path", "/index.html"],
        [undefined, undefined],
        ["custom-key", "custom-value"],
      ],
      isWhole: true,
    });
  });

  it("knows what came since", () => {
    const decoder = hpackDecoder();
    const [first, second] = requests.plain;
    decode(decoder, first?.hex ?? "");
    expect(decode(decoder, second?.hex ?? "").fields).toEqual(second?.fields);
  });

  it("keeps the value of a field whose name it does not know", () => {
    expect(decode(hpackDecoder(), "7f0003616263").fields).toEqual([[undefined, "abc"]]);
  });

  it("does not take one field for another after a block was missed", () => {
    const decoder = hpackDecoder();
    decoder.decode(addedField("a", "b"));
    expect(decoder.decode(indexedField(newest)).fields).toEqual([{ name: "a", value: "b" }]);
    decoder.forget();
    expect(decoder.decode(indexedField(newest)).fields).toEqual([
      { name: undefined, value: undefined },
    ]);
  });
});

describe("a hostile header block", () => {
  it.each([
    ["ends within a number", "ff"],
    ["ends within a name", "400a6375"],
    ["ends before a value", "4001"],
    ["has a number without end", "ffffffffffffffffffff7f"],
    ["points at nothing", "80"],
    ["has a Huffman string that ends with a whole byte of padding", "0081ff00"],
    ["has a Huffman string with the end of a string in it", "0084ffffffff00"],
    ["has a Huffman string with zeros as padding", "00810000"],
  ])("that %s is told as such", (_what, block) => {
    expect(decode(hpackDecoder(), `82${block}`)).toEqual({
      fields: [[":method", "GET"]],
      isWhole: false,
    });
  });

  it("cannot make small bytes large", () => {
    const decoder = hpackDecoder();
    decoder.decode(addedField("a", "x".repeat(4_000)));
    const { fields, isWhole } = decoder.decode(Buffer.alloc(65_536, 0x80 | newest));
    expect(isWhole).toBe(false);
    const size = fields.reduce((sum, { value = "" }) => sum + value.length, 0);
    expect(size).toBeGreaterThanOrEqual(4_000);
    expect(size).toBeLessThan(65_536);
  });

  it("cannot make the table large", () => {
    const decoder = hpackDecoder();
    decoder.decode(tableSize(2 ** 28));
    for (const name of ["a", "b", "c"]) decoder.decode(addedField(name, "x".repeat(32_000)));
    const [c, b, a] = [newest, newest + 1, newest + 2].map(
      (index) => decoder.decode(indexedField(index)).fields[0]?.name,
    );
    expect([c, b, a]).toEqual(["c", "b", undefined]);
  });

  it("may say that the table is smaller, and then knows no more than fits", () => {
    const decoder = hpackDecoder();
    decoder.decode(Buffer.concat([addedField("a", "b"), addedField("c", "d"), tableSize(40)]));
    expect(decoder.decode(indexedField(newest)).fields).toEqual([{ name: "c", value: "d" }]);
    expect(decoder.decode(indexedField(newest + 1)).fields[0]?.name).toBeUndefined();
  });
});
