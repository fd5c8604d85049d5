import type { OutlierScorer } from "../contracts/outlier-scorer.js";
import { isStraycallError } from "../straycall-error.js";
import { check } from "./check.js";
import { checkSame, checkScore, checkThrows, scoresOf } from "./scorer-checks.js";
import { cluster, outliers, shuffled, withConstants } from "./scorer-samples.js";

export interface ScorerConformanceOptions {
  /** The test runner's own: `test` of Vitest, Jest, node:test or Bun, `it` of Mocha. */
  test: (name: string, body: () => Promise<void>) => unknown;
  /** Makes the scorer; asked again for every test. */
  create: () => OutlierScorer;
}

/**
 * Registers the tests that every outlier scorer must pass: it tells outliers from the rest, gives the same for
 * the same rows and seed, survives being saved, and refuses what it cannot learn or load.
 */
export function scorerConformance({ test, create }: ScorerConformanceOptions): void {
  const register = (name: string, body: (scorer: OutlierScorer) => void) => {
    test(name, async () => body(create()));
  };

  register("has a name, the same whenever it is made", (scorer) => {
    check(/^[\x21-\x7e]{1,64}$/.test(scorer.name), "a name is 1 to 64 visible ASCII characters");
    check(create().name === scorer.name, "the name says what saved models are of");
  });

  register("scores an obvious outlier above all that it learned", (scorer) => {
    const rows = cluster(200);
    const model = scorer.fit(rows, 1);
    const highest = Math.max(...scoresOf(model, rows));
    for (const score of scoresOf(model, outliers)) {
      check(score > highest, `an outlier scores ${score}, one of the rest ${highest}`);
    }
  });

  register("scores from 0 to 1, however far away a row is", (scorer) => {
    const model = scorer.fit(cluster(50), 1);
    for (const value of [0, 1e9, -1e9, 1e300, -1e300, Number.MAX_VALUE, Number.MIN_VALUE]) {
      checkScore(model.score([value, value, value]));
    }
  });

  register("gives the same scores for the same rows and seed", (scorer) => {
    const rows = cluster(300);
    const first = scorer.fit(rows, 7);
    checkSame(first, create().fit(rows, 7), rows, "two models of the same rows and seed");
    check(first.save() === create().fit(rows, 7).save(), "two models were saved differently");
  });

  register("gives the same scores whatever was learned and scored before", (scorer) => {
    const rows = cluster(300);
    const first = scorer.fit(rows, 7);
    const before = scoresOf(first, rows);
    scorer.fit(outliers, 8);
    const after = scoresOf(first, rows);
    check(
      before.every((score, index) => score === after[index]),
      "a model changed",
    );
    checkSame(first, scorer.fit(rows, 7), rows, "a scorer's first and third model");
  });

  register("does not mind the order of the rows", (scorer) => {
    const rows = cluster(300);
    const model = scorer.fit(rows, 7);
    checkSame(model, scorer.fit(shuffled(rows), 7), rows, "models of rows in two orders");
  });

  register("gives the same scores after it was saved and loaded", (scorer) => {
    const rows = cluster(300);
    const model = scorer.fit(rows, 7);
    const saved = model.save();
    const loaded = create().load(saved);
    checkSame(model, loaded, [...rows, ...outliers], "a model and what was loaded");
    check(loaded.save() === saved, "what was loaded is saved differently");
  });

  register("keeps neither the rows nor what it is asked", (scorer) => {
    const rows = cluster(100).map((row) => [...row]);
    const before = JSON.stringify(rows);
    const model = scorer.fit(rows, 7);
    check(JSON.stringify(rows) === before, "fit changed the rows");
    const scores = scoresOf(model, outliers);
    for (const row of rows) row.fill(1e6);
    const again = scoresOf(model, outliers);
    check(
      scores.every((score, index) => score === again[index]),
      "the model follows the rows",
    );
  });

  register("learns a single row, equal rows, and features that never change", (scorer) => {
    for (const rows of [
      [[1]],
      [[1, 2]],
      [
        [1, 2],
        [1, 2],
      ],
      Array(40).fill([3, 3]),
    ]) {
      const model = scorer.fit(rows, 1);
      for (const row of [rows[0], rows[0].map(() => 9), rows[0].map(() => -9)]) {
        checkScore(model.score(row));
      }
    }
    const rows = withConstants(cluster(200));
    const model = scorer.fit(rows, 1);
    const highest = Math.max(...scoresOf(model, rows));
    for (const score of scoresOf(model, withConstants(outliers))) {
      check(score > highest, "features that never change hide an outlier in the others");
    }
  });

  register("refuses rows that it cannot learn, and names them", (scorer) => {
    checkThrows(() => scorer.fit([], 1), "fit of no rows", "rows");
    checkThrows(() => scorer.fit([[]], 1), "fit of an empty row", "rows[0]");
    checkThrows(() => scorer.fit([[1, 2], [1]], 1), "fit of a shorter row", "rows[1]");
    checkThrows(() => scorer.fit([[1], [1, 2]], 1), "fit of a longer row", "rows[1]");
    for (const bad of [Number.NaN, Infinity, -Infinity]) {
      checkThrows(
        () =>
          scorer.fit(
            [
              [1, 2],
              [1, bad],
            ],
            1,
          ),
        `fit of ${bad}`,
        "rows[1]",
      );
    }
  });

  register("refuses a row that is not like those it learned", (scorer) => {
    const model = scorer.fit(cluster(20), 1);
    for (const row of [[], [1, 2], [1, 2, 3, 4], [1, 2, Number.NaN], [1, -Infinity, 3]]) {
      checkThrows(() => model.score(row), `score of [${row}]`);
    }
  });

  register("refuses saved text that it did not save", (scorer) => {
    const saved = scorer.fit(cluster(60), 1).save();
    for (const text of ["", "null", "{}", "[]", "not JSON", `${saved}x`, saved.slice(0, -2)]) {
      checkThrows(() => scorer.load(text), `load of ${JSON.stringify(text.slice(0, 40))}`);
    }
  });

  register("is not broken by damaged text: it refuses it, or scores", (scorer) => {
    const saved = scorer.fit(cluster(60), 1).save();
    for (let at = 0; at < saved.length; at += Math.max(1, Math.floor(saved.length / 100))) {
      for (const damage of ["", "0", "/", '"', "9999999"]) {
        const text = saved.slice(0, at) + damage + saved.slice(at + 1);
        try {
          checkScore(scorer.load(text).score([0, 0, 0]));
        } catch (error) {
          check(isStraycallError(error, "CONFIG_INVALID"), `damaged text breaks it: ${error}`);
        }
      }
    }
  });
}
