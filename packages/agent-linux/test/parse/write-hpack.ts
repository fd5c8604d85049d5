/** Writes header blocks (RFC 7541, 5 and 6), plainly: no Huffman code, no search for what was said before. */

/** @param firstBits the bits of the first byte above the integer */
function hpackInteger(value: number, prefixBits: number, firstBits = 0): Buffer {
  const prefixMax = 2 ** prefixBits - 1;
  if (value < prefixMax) return Buffer.from([firstBits | value]);
  const bytes = [firstBits | prefixMax];
  let rest = value - prefixMax;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push(0x80 | (rest & 0x7f));
  return Buffer.from([...bytes, rest]);
}

function hpackString(text: string): Buffer {
  return Buffer.concat([hpackInteger(text.length, 7), Buffer.from(text, "latin1")]);
}

export function indexedField(index: number): Buffer {
  return hpackInteger(index, 7, 0x80);
}

/** A field that goes into the table. */
export function addedField(name: string, value: string): Buffer {
  return Buffer.concat([Buffer.from([0x40]), hpackString(name), hpackString(value)]);
}

/** A field that does not. */
export function plainField(name: string, value: string): Buffer {
  return Buffer.concat([Buffer.from([0]), hpackString(name), hpackString(value)]);
}

export function tableSize(size: number): Buffer {
  return hpackInteger(size, 5, 0x20);
}

/** Index of the newest field that was added. */
export const newest = 62;
