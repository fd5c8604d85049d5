import { z } from "zod";
import { StraycallError } from "../straycall-error.js";
import { byteReader, byteWriter } from "./bytes.js";
import { maxFeatures } from "./feature-rows.js";
import { type Forest, leafMark } from "./forest.js";
import { forestBuilder, type TreeNodes } from "./forest-builder.js";
import { maxSampleSize, maxTrees } from "./forest-size.js";
import type { LearnedForest } from "./learned-forest.js";
import type { LearnedRange } from "./learned-range.js";

/*
 * The nodes in pre-order, so that no link is written down that could lead nowhere or in a circle. A split is
 * its feature and 1, and the value; a leaf is 0 and its rows.
 */

const format = "straycall-forest-1";
/** Above what the largest forest takes. */
const maxLength = 16 * 1024 * 1024;

const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);
const savedForest = z.strictObject({
  format: z.literal(format),
  scorer: z.string(),
  features: z.int().min(1).max(maxFeatures),
  sampleSize: z.int().min(1).max(maxSampleSize),
  trees: z.int().min(1).max(maxTrees),
  nodes: base64,
  range: base64.optional(),
});

export function saveForest({ scorer, forest, range }: LearnedForest): string {
  const { features, sampleSize, roots } = forest;
  const trees = roots.length;
  const saved = { format, scorer, features, sampleSize, trees, nodes: nodesToText(forest) };
  return JSON.stringify(range ? { ...saved, range: rangeToText(range) } : saved);
}

/** @throws StraycallError CONFIG_INVALID for anything that `saveForest` did not write for this scorer */
export function loadForest(text: string, scorer: string): LearnedForest {
  if (text.length > maxLength) throw invalid("is too long");
  const { success, data: saved } = savedForest.safeParse(parsed(text));
  if (!success) throw invalid("is no saved forest");
  if (saved.scorer !== scorer) throw invalid("was saved by another scorer");
  const forest = textToForest(saved);
  return saved.range === undefined
    ? { scorer, forest }
    : { scorer, forest, range: textToRange(saved.range, saved.features) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid("is no JSON", cause);
  }
}

function nodesToText({ splits, values, rights }: Forest): string {
  const writer = byteWriter();
  for (let node = 0; node < splits.length; node += 1) {
    const feature = splits[node] as number;
    if (feature === leafMark) {
      writer.integer(0);
      writer.integer(rights[node] as number);
    } else {
      writer.integer(feature + 1);
      writer.single(values[node] as number);
    }
  }
  return writer.text();
}

function textToForest(saved: z.infer<typeof savedForest>): Forest {
  const reader = byteReader(saved.nodes);
  const builder = forestBuilder(saved.features, saved.sampleSize);
  for (let tree = 0; tree < saved.trees; tree += 1) {
    builder.addTree((nodes) => readTree(reader, nodes));
  }
  if (!reader.isAtEnd()) throw invalid("holds more than its trees");
  return builder.forest();
}

/** Ends with the tree, or with the bytes: the reader throws behind the last. */
function readTree(reader: ReturnType<typeof byteReader>, nodes: TreeNodes): void {
  for (let sidesLeft = 1; sidesLeft > 0; ) {
    const kind = reader.integer();
    if (kind === 0) {
      nodes.leaf(reader.integer());
      sidesLeft -= 1;
    } else {
      nodes.split(kind - 1, reader.single());
      sidesLeft += 1;
    }
  }
}

function rangeToText({ lows, highs }: LearnedRange): string {
  const writer = byteWriter();
  for (const value of [...lows, ...highs]) writer.single(value);
  return writer.text();
}

function textToRange(text: string, features: number): LearnedRange {
  const reader = byteReader(text);
  const singles = () => Float32Array.from({ length: features }, () => reader.single());
  const range = { lows: singles(), highs: singles() };
  const isOrdered = range.lows.every((low, feature) => low <= (range.highs[feature] as number));
  if (!isOrdered || !reader.isAtEnd()) throw invalid("holds no range");
  return range;
}

function invalid(problem: string, cause?: unknown): StraycallError {
  return new StraycallError("CONFIG_INVALID", `the saved model ${problem}`, { cause });
}
