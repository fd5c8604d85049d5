import { describe, expect, it } from "vitest";
import { decodeHuffman } from "../../src/parse/hpack-huffman.js";
import { huffmanLengths } from "../../src/parse/hpack-huffman-lengths.js";

const decode = (hex: string) => decodeHuffman(Buffer.from(hex, "hex"));

describe("Huffman strings", () => {
  it("are those of RFC 7541, appendix C", () => {
    expect(decode("f1e3c2e5f23a6ba0ab90f4ff")).toBe("www.example.com");
    expect(decode("25a849e95bb8e8b4bf")).toBe("custom-value");
    expect(decode("9d29ad171863c78f0b97c8e9ae82ae43d3")).toBe("https://www.example.com");
    expect(decode("")).toBe("");
  });

  it.each([
    { byte: 0, code: 0x1ff8, bits: 13 },
    { byte: 10, code: 0x3ffffffc, bits: 30 },
    { byte: 32, code: 0x14, bits: 6 },
    { byte: 92, code: 0x7fff0, bits: 19 },
    { byte: 249, code: 0xffffffe, bits: 28 },
    { byte: 255, code: 0x3ffffee, bits: 26 },
  ])("have the code of byte $byte in RFC 7541, appendix B", ({ byte, code, bits }) => {
    const padded = code.toString(2).padStart(bits, "0").padEnd(32, "1");
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(Number.parseInt(padded, 2));
    const decoded = decodeHuffman(bytes.subarray(0, Math.ceil(bits / 8)));
    expect(decoded).toBe(String.fromCharCode(byte));
  });

  it("use every code there is: no bits are without a meaning", () => {
    const share = huffmanLengths.reduce((sum, length) => sum + 2 ** -length, 0);
    expect(share).toBe(1);
    expect(huffmanLengths).toHaveLength(257);
  });
});
