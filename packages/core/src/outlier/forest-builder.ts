import { StraycallError } from "../straycall-error.js";
import { expectedDepths } from "./expected-depths.js";
import { type Forest, leafMark } from "./forest.js";

/** Takes the nodes of a tree in pre-order: a split, all of its left side, all of its right side. */
export interface TreeNodes {
  /** Rows whose `feature` is below `value` go left. */
  split(feature: number, value: number): void;
  /** This many rows of the sample ended here, 0 or more. */
  leaf(rows: number): void;
}

export interface ForestBuilder {
  /** @throws StraycallError CONFIG_INVALID unless `grow` gives one whole tree of the sample */
  addTree(grow: (nodes: TreeNodes) => void): void;
  forest(): Forest;
}

/** Far above what the largest sample needs; it bounds what scoring a row costs. */
const maxDepth = 64;

export function forestBuilder(features: number, sampleSize: number): ForestBuilder {
  const roots: number[] = [];
  const splits: number[] = [];
  const values: number[] = [];
  const rights: number[] = [];
  /** Splits whose left side is not yet whole, with their depths. */
  const open: { node: number; depth: number }[] = [];
  let depth = 0;
  let isWhole = true;
  let rowsLeft = 0;

  function addNode(split: number, value: number, right: number): void {
    if (isWhole) throw invalid("goes on behind its last leaf");
    splits.push(split);
    values.push(value);
    rights.push(right);
  }

  const nodes: TreeNodes = {
    split(feature, value) {
      if (!Number.isInteger(feature) || feature < 0 || feature >= features) {
        throw invalid("splits a feature that is not there");
      }
      if (!Number.isFinite(value)) throw invalid("splits at no number");
      if (depth >= maxDepth) throw invalid("is too deep");
      open.push({ node: splits.length, depth });
      addNode(feature, singleNotBelow(value), 0);
      depth += 1;
    },
    leaf(rows) {
      if (!Number.isInteger(rows) || rows < 0 || rows > rowsLeft) {
        throw invalid("holds other rows than its sample");
      }
      rowsLeft -= rows;
      addNode(leafMark, depth, rows);
      const parent = open.pop();
      if (parent === undefined) {
        isWhole = true;
        return;
      }
      rights[parent.node] = splits.length;
      depth = parent.depth + 1;
    },
  };

  return {
    addTree(grow) {
      roots.push(splits.length);
      depth = 0;
      isWhole = false;
      rowsLeft = sampleSize;
      grow(nodes);
      if (!isWhole) throw invalid("is not whole");
      if (rowsLeft !== 0) throw invalid("holds other rows than its sample");
    },
    forest: () => ({
      features,
      sampleSize,
      roots: Uint32Array.from(roots),
      splits: Uint16Array.from(splits),
      values: Float32Array.from(values),
      rights: Uint32Array.from(rights),
      depthsBelow: expectedDepths(sampleSize),
    }),
  };
}

/** The next single-precision number, so that single-precision rows go the same way as by `value` itself. */
function singleNotBelow(value: number): number {
  const nearest = Math.fround(value);
  if (nearest >= value) return nearest;
  scratch.setFloat32(0, nearest);
  const bits = scratch.getInt32(0);
  scratch.setInt32(0, nearest > 0 ? bits + 1 : nearest < 0 ? bits - 1 : 1);
  return scratch.getFloat32(0);
}

const scratch = new DataView(new ArrayBuffer(4));

function invalid(problem: string): StraycallError {
  return new StraycallError("CONFIG_INVALID", `a tree of the forest ${problem}`);
}
