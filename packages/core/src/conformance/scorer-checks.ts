import type { OutlierModel } from "../contracts/outlier-scorer.js";
import { isStraycallError } from "../straycall-error.js";
import { check } from "./check.js";

export function scoresOf(model: OutlierModel, rows: readonly (readonly number[])[]): number[] {
  return rows.map((row) => {
    const score = model.score(row);
    checkScore(score);
    return score;
  });
}

export function checkScore(score: number): void {
  check(score >= 0 && score <= 1, `a score is from 0 to 1, not ${score}`);
}

export function checkSame(
  left: OutlierModel,
  right: OutlierModel,
  rows: readonly (readonly number[])[],
  what: string,
): void {
  const others = scoresOf(right, rows);
  for (const [index, score] of scoresOf(left, rows).entries()) {
    const other = others[index];
    check(score === other, `${what} score the same row ${score} and ${other}`);
  }
}

/** The error must be CONFIG_INVALID, and its message name the row where one is given. */
export function checkThrows(work: () => unknown, what: string, row = ""): void {
  let failure: unknown;
  try {
    work();
  } catch (error) {
    failure = error;
  }
  check(failure !== undefined, `${what} must throw`);
  check(
    isStraycallError(failure, "CONFIG_INVALID"),
    `${what} must throw CONFIG_INVALID: ${failure}`,
  );
  check(failure.message.includes(row), `${what} must name ${row}: ${failure.message}`);
}
