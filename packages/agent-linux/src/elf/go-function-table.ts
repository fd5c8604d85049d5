/**
 * The table that a Go program has of its own functions, to print them in a stack trace (`runtime.pcHeader` and
 * `runtime._func` of Go 1.18 and later). It is there in stripped programs too.
 */
export interface GoFunctions {
  /** Address that the functions are counted from; 0 if only a relocation of that field says it. */
  start: number;
  /** By name: how far from the start each function begins. */
  offsets: Map<string, number>;
}

/** Where the table says what its functions are counted from. */
export const startField = 24;

/** Of Go 1.18 and 1.19, and since 1.20. Before, functions are given their arguments otherwise. */
const beginnings = ["f0ffffff0000", "f1ffffff0000"].map((hex) => Buffer.from(hex, "hex"));
const header = {
  pointerSize: 7,
  functions: 8,
  names: 32,
  namesEnd: 40,
  table: 64,
  size: 72,
} as const;
const alignment = 8;
/** What else looks like one is rare, unless somebody wants it. */
const maxPlaces = 8;
const entrySize = 8;

/** Where such a table may begin: some linkers put it among other data. */
export function goTablePlaces(data: Buffer): number[] {
  const isTable = (at: number) =>
    at % alignment === 0 && data[at + header.pointerSize] === 8 && at + header.size <= data.length;
  return beginnings.flatMap((beginning) => placesOf(data, beginning).filter(isTable));
}

/**
 * Finds functions by their whole names.
 *
 * @param table from its beginning on; what follows it does no harm
 * @throws RangeError if it points outside of itself
 */
export function readGoFunctions(table: Buffer, names: readonly string[]): GoFunctions {
  const offsets = new Map<string, number>();
  const entries = table.subarray(numberAt(table, header.table));
  const texts = table.subarray(numberAt(table, header.names), numberAt(table, header.namesEnd));
  const places = new Map(
    names.flatMap((name) =>
      placesOf(texts, Buffer.from(`${name}\0`)).map((place) => [place, name] as const),
    ),
  );
  const count = Math.min(numberAt(table, header.functions), entries.length / entrySize);
  for (let index = 0; index < count && offsets.size < names.length; index++) {
    const offset = entries.readUInt32LE(index * entrySize);
    // A function's record begins with its offset and that of its name.
    const place = entries.readInt32LE(entries.readUInt32LE(index * entrySize + 4) + 4);
    const name = places.get(place);
    if (name !== undefined && texts[place - 1] === 0) offsets.set(name, offset);
  }
  return { start: numberAt(table, startField), offsets };
}

function placesOf(data: Buffer, wanted: Buffer): number[] {
  const places: number[] = [];
  let at = data.indexOf(wanted);
  while (at >= 0 && places.length < maxPlaces) {
    places.push(at);
    at = data.indexOf(wanted, at + 1);
  }
  return places;
}

function numberAt(bytes: Buffer, at: number): number {
  return Number(bytes.readBigUInt64LE(at));
}
