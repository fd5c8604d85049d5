import { StraycallError } from "../straycall-error.js";

export const maxFeatures = 65_535;

const largest = 3.4028234663852886e38;

/** Rows of one length, checked, in single precision, one behind the other. */
export interface FeatureRows {
  count: number;
  features: number;
  values: Float32Array;
}

/** Checks rows to learn from and puts them in order, so that the order they came in does not matter. */
export function featureRows(rows: readonly (readonly number[])[]): FeatureRows {
  const [first] = rows;
  if (first === undefined) throw invalid("rows", "must hold a row at least");
  const features = first.length;
  if (features < 1 || features > maxFeatures) {
    throw invalid("rows[0]", `must hold 1 to ${maxFeatures} numbers`);
  }
  const checked = rows.map((row, index) => featureRow(row, features, `rows[${index}]`));
  const values = new Float32Array(rows.length * features);
  for (const [index, row] of checked.sort(compareRows).entries()) {
    values.set(row, index * features);
  }
  return { count: rows.length, features, values };
}

/**
 * One row in single precision, as scikit-learn's forests take it. What is larger than that can hold is as
 * large as it can.
 */
export function featureRow(row: readonly number[], features: number, field: string): Float32Array {
  if (row.length !== features) {
    throw invalid(field, `must hold ${features} numbers, not ${row.length}`);
  }
  const checked = new Float32Array(features);
  for (let feature = 0; feature < features; feature += 1) {
    const value = row[feature];
    if (!Number.isFinite(value)) throw invalid(`${field}[${feature}]`, "must be a finite number");
    // Adding 0 makes -0 the same as 0.
    checked[feature] = Math.max(-largest, Math.min(largest, value as number)) + 0;
  }
  return checked;
}

function compareRows(left: Float32Array, right: Float32Array): number {
  for (let feature = 0; feature < left.length; feature += 1) {
    const difference = (left[feature] as number) - (right[feature] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}

function invalid(field: string, problem: string): StraycallError {
  return new StraycallError("CONFIG_INVALID", `${field} ${problem}`, { field });
}
