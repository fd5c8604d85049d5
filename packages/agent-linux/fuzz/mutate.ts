import type { Random } from "./random.js";

/** What inputs are made of. */
export interface Samples {
  corpus: readonly [Buffer, ...Buffer[]];
  /** Bytes that mean something to the parser. */
  words: readonly Buffer[];
}

type Mutation = (input: Buffer, random: Random, samples: Samples) => Buffer;

const maxLength = 65_536;
const maxMutations = 6;
const edgeBytes = [0, 1, 0x3f, 0x40, 0x7f, 0x80, 0xbf, 0xc0, 0xfe, 0xff] as const;
const edgeNumbers = [0, 1, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0xff_ffff] as const;

/** Makes a hostile input: a valid sample, or a splice of two, changed a few times. */
export function mutate(random: Random, samples: Samples): Buffer {
  let input = random.pick(samples.corpus);
  for (let left = 1 + random.below(maxMutations); left > 0; left--) {
    input = random.pick(mutations)(input, random, samples);
  }
  return Buffer.from(input.subarray(0, maxLength));
}

const flipBit: Mutation = (input, random) => {
  const at = random.below(input.length + 1);
  return changed(input, at, Buffer.from([(input[at] ?? 0) ^ (1 << random.below(8))]));
};

const setByte: Mutation = (input, random) =>
  changed(input, random.below(input.length + 1), Buffer.from([random.pick(edgeBytes)]));

/** Where a length may stand, a length that lies: an edge, or about as much as there is. */
const setLength: Mutation = (input, random) => {
  const at = random.below(input.length + 1);
  const size = 1 + random.below(4);
  const nearRest = Math.max(0, input.length - at - size - 2 + random.below(5));
  const value = random.below(2) === 0 ? random.pick(edgeNumbers) : nearRest;
  const bytes = Buffer.alloc(size);
  const fitting = value % 256 ** size;
  if (random.below(4) === 0) bytes.writeUIntLE(fitting, 0, size);
  else bytes.writeUIntBE(fitting, 0, size);
  return changed(input, at, bytes);
};

const cut: Mutation = (input, random) => input.subarray(0, random.below(input.length + 1));

const drop: Mutation = (input, random) => {
  const { start, end } = span(input, random);
  return Buffer.concat([input.subarray(0, start), input.subarray(end)]);
};

const repeat: Mutation = (input, random) => {
  const { start, end } = span(input, random);
  const times = random.below(16) === 0 ? random.below(300) : 1 + random.below(3);
  const room = Math.max(0, maxLength - input.length);
  const copies = Buffer.alloc(Math.min(room, (end - start) * times), input.subarray(start, end));
  return Buffer.concat([input.subarray(0, end), copies, input.subarray(end)]);
};

const splice: Mutation = (input, random, { corpus }) => {
  const other = random.pick(corpus);
  return Buffer.concat([
    input.subarray(0, random.below(input.length + 1)),
    other.subarray(random.below(other.length + 1)),
  ]);
};

const insertWord: Mutation = (input, random, { words }) => {
  const at = random.below(input.length + 1);
  const word = words[random.below(words.length + 1)] ?? Buffer.from([random.below(256)]);
  return Buffer.concat([input.subarray(0, at), word, input.subarray(at)]);
};

const overwriteWord: Mutation = (input, random, { words }) => {
  const word = words[random.below(words.length + 1)] ?? Buffer.from([random.below(256)]);
  return changed(input, random.below(input.length + 1), word);
};

const mutations = [
  flipBit,
  setByte,
  setLength,
  cut,
  drop,
  repeat,
  splice,
  insertWord,
  overwriteWord,
] as const;

function changed(input: Buffer, at: number, bytes: Buffer): Buffer {
  return Buffer.concat([input.subarray(0, at), bytes, input.subarray(at + bytes.length)]);
}

/** A stretch of the input, mostly short. */
function span(input: Buffer, random: Random): { start: number; end: number } {
  const start = random.below(input.length + 1);
  const longest = random.below(4) === 0 ? input.length : 16;
  return { start, end: Math.min(input.length, start + 1 + random.below(longest + 1)) };
}
