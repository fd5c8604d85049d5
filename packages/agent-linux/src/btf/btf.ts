/**
 * The types of a BPF object or of the running kernel, in the BPF Type Format
 * (https://docs.kernel.org/bpf/btf.html).
 */
export interface Btf {
  readonly bytes: Buffer;
  readonly types: readonly BtfType[];
  text(offset: number): string;
  /** Numbers of types; 0 stands for `void`. */
  find(kind: number, name: string): number | undefined;
  type(id: number): BtfType;
  /** Bytes that a value of this type takes. */
  sizeOf(id: number): number;
}

export interface BtfType {
  /** Where it is in the bytes. */
  offset: number;
  kind: number;
  nameOffset: number;
  /** Number of members, variables or parameters. */
  count: number;
  /** A size or the number of another type, by kind. */
  sizeOrType: number;
}

export const btfKind = {
  integer: 1,
  pointer: 2,
  array: 3,
  structure: 4,
  typedef: 8,
  volatile: 9,
  const: 10,
  restrict: 11,
  function: 12,
  variable: 14,
  dataSection: 15,
  typeTag: 18,
} as const;

const magic = 0xeb9f;
export const btfTypeHeader = 12;
/** What follows a type's header, by kind: so many bytes, and so many more for each of its parts. */
const trailers: readonly (readonly [fixed: number, each: number])[] = [
  [0, 0],
  [4, 0],
  [0, 0],
  [12, 0],
  [0, 12],
  [0, 12],
  [0, 8],
  [0, 0],
  [0, 0],
  [0, 0],
  [0, 0],
  [0, 0],
  [0, 0],
  [0, 8],
  [4, 0],
  [0, 12],
  [0, 0],
  [4, 0],
  [0, 0],
  [0, 12],
];
const named = new Set<number>([
  btfKind.typedef,
  btfKind.volatile,
  btfKind.const,
  btfKind.restrict,
  btfKind.typeTag,
]);

/** @throws Error if the bytes are not BTF, or hold kinds of types that nobody knew when this was written. */
export function readBtf(bytes: Buffer): Btf {
  if (bytes.readUInt16LE(0) !== magic) throw new Error("not BTF");
  const headerSize = bytes.readUInt32LE(4);
  const typesStart = headerSize + bytes.readUInt32LE(8);
  const typesEnd = typesStart + bytes.readUInt32LE(12);
  const stringsStart = headerSize + bytes.readUInt32LE(16);

  const types: BtfType[] = [{ offset: 0, kind: 0, nameOffset: 0, count: 0, sizeOrType: 0 }];
  for (let offset = typesStart; offset < typesEnd; ) {
    const info = bytes.readUInt32LE(offset + 4);
    const kind = (info >>> 24) & 31;
    const count = info & 0xffff;
    const trailer = trailers[kind];
    if (trailer === undefined) throw new Error(`unknown kind of BTF type: ${kind}`);
    types.push({
      offset,
      kind,
      count,
      nameOffset: bytes.readUInt32LE(offset),
      sizeOrType: bytes.readUInt32LE(offset + 8),
    });
    offset += btfTypeHeader + trailer[0] + trailer[1] * count;
  }

  const type = (id: number) => {
    const found = types[id];
    if (found === undefined) throw new Error(`no BTF type ${id}`);
    return found;
  };
  const text = (offset: number) => {
    const start = stringsStart + offset;
    return bytes.toString("latin1", start, bytes.indexOf(0, start));
  };
  return {
    bytes,
    types,
    text,
    type,
    find(kind, name) {
      const id = types.findIndex((each) => each.kind === kind && text(each.nameOffset) === name);
      return id < 0 ? undefined : id;
    },
    sizeOf(id) {
      const { kind, sizeOrType, offset } = type(id);
      if (named.has(kind)) return this.sizeOf(sizeOrType);
      if (kind === btfKind.pointer) return 8;
      if (kind !== btfKind.array) return sizeOrType;
      const element = bytes.readUInt32LE(offset + btfTypeHeader);
      return this.sizeOf(element) * bytes.readUInt32LE(offset + btfTypeHeader + 8);
    },
  };
}
