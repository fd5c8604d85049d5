import { dynamicTable } from "./hpack-dynamic-table.js";
import { fieldSize, type HeaderField } from "./hpack-field.js";
import { decodeHuffman } from "./hpack-huffman.js";
import { readHpackInteger } from "./hpack-integer.js";
import { staticTable } from "./hpack-static-table.js";

/** Decodes the header blocks of one direction of a connection (RFC 7541); it may have come late. */
export interface HpackDecoder {
  decode(block: Buffer): DecodedBlock;
  /** A block was missed: what later ones point at is no longer known. */
  forget(): void;
}

export interface DecodedBlock {
  fields: HeaderField[];
  /** False if the block made no sense to its end, or had more fields than 64 KB: the rest is left out. */
  isWhole: boolean;
}

/** Of all the fields of a block: a byte of it can stand for a long field. */
const maxListSize = 65_536;

export function hpackDecoder(): HpackDecoder {
  const table = dynamicTable();

  const fieldAt = (index: number): HeaderField => {
    const field = staticTable[index - 1] ?? table.get(index - 1 - staticTable.length);
    return field ?? { name: undefined, value: undefined };
  };

  /** Reads what RFC 7541, 6 calls a representation; one that changes the table's size gives no field. */
  const readNext = (block: Buffer, offset: number): Representation | undefined => {
    const kind = kindOf(block[offset] ?? 0);
    const number = readHpackInteger(block, offset, kind.prefixBits);
    if (number === undefined) return undefined;
    if (kind === kinds.sizeUpdate) {
      table.resize(number.value);
      return { end: number.end };
    }
    if (kind === kinds.indexed) {
      return number.value === 0 ? undefined : { field: fieldAt(number.value), end: number.end };
    }
    const name =
      number.value === 0
        ? readString(block, number.end)
        : { text: fieldAt(number.value).name, end: number.end };
    if (name === undefined) return undefined;
    const value = readString(block, name.end);
    if (value === undefined) return undefined;
    const field = { name: name.text, value: value.text };
    if (kind === kinds.added) table.add(field);
    return { field, end: value.end };
  };

  return {
    decode(block) {
      const fields: HeaderField[] = [];
      let listSize = 0;
      for (let offset = 0; offset < block.length; ) {
        const next = readNext(block, offset);
        if (next === undefined) {
          table.forget();
          return { fields, isWhole: false };
        }
        offset = next.end;
        if (next.field === undefined) continue;
        listSize += fieldSize(next.field);
        if (listSize <= maxListSize) fields.push(next.field);
      }
      return { fields, isWhole: listSize <= maxListSize };
    },
    forget: () => table.forget(),
  };
}

interface Representation {
  field?: HeaderField;
  end: number;
}

const kinds = {
  indexed: { prefixBits: 7 },
  added: { prefixBits: 6 },
  sizeUpdate: { prefixBits: 5 },
  notAdded: { prefixBits: 4 },
} as const;

function kindOf(first: number) {
  if (first & 0x80) return kinds.indexed;
  if (first & 0x40) return kinds.added;
  return first & 0x20 ? kinds.sizeUpdate : kinds.notAdded;
}

const huffmanBit = 0x80;

function readString(block: Buffer, offset: number): { text: string; end: number } | undefined {
  const length = readHpackInteger(block, offset, 7);
  if (length === undefined) return undefined;
  const end = length.end + length.value;
  if (end > block.length) return undefined;
  const bytes = block.subarray(length.end, end);
  const isHuffman = ((block[offset] ?? 0) & huffmanBit) !== 0;
  const text = isHuffman ? decodeHuffman(bytes) : bytes.toString("latin1");
  return text === undefined ? undefined : { text, end };
}
