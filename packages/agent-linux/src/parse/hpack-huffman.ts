import { huffmanLengths } from "./hpack-huffman-lengths.js";

/** The code is canonical: codes of one length count up from the first, in the order of their symbols. */
interface CodesOfLength {
  first: number;
  symbols: number[];
}

const endOfString = 256;
const shortestCode = 5;
const codes = codesByLength();

function codesByLength(): CodesOfLength[] {
  const byLength: CodesOfLength[] = [];
  let next = 0;
  for (let length = 0; length <= Math.max(...huffmanLengths); length++) {
    const symbols = [...huffmanLengths.keys()].filter((each) => huffmanLengths[each] === length);
    byLength.push({ first: next, symbols });
    next = (next + symbols.length) * 2;
  }
  return byLength;
}

/**
 * Decodes a string (RFC 7541, 5.2).
 *
 * @returns undefined if its padding is wrong.
 */
export function decodeHuffman(bytes: Buffer): string | undefined {
  const text = Buffer.alloc(Math.floor((bytes.length * 8) / shortestCode));
  let size = 0;
  let code = 0;
  let length = 0;
  for (const byte of bytes) {
    for (let shift = 7; shift >= 0; shift--) {
      code = (code << 1) | ((byte >> shift) & 1);
      length += 1;
      const candidates = codes[length];
      if (candidates === undefined) return undefined;
      const symbol = candidates.symbols[code - candidates.first];
      if (symbol === undefined) continue;
      if (symbol === endOfString) return undefined;
      text[size++] = symbol;
      code = 0;
      length = 0;
    }
  }
  const isPadding = length < 8 && code === 2 ** length - 1;
  return isPadding ? text.toString("latin1", 0, size) : undefined;
}
