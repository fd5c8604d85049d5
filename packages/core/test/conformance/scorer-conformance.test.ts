import { describe, expect, it, test } from "vitest";
import { scorerConformance } from "../../src/conformance/index.js";
import { type OutlierModel, type OutlierScorer, StraycallError } from "../../src/index.js";

type Rows = readonly (readonly number[])[];

function invalid(problem: string): StraycallError {
  return new StraycallError("CONFIG_INVALID", problem);
}

function checkRow(row: readonly number[], length: number, name: string): void {
  const isGood = row.length === length && length > 0 && row.every(Number.isFinite);
  if (!isGood) throw invalid(`${name} is no row`);
}

/** How many standard deviations a row lies away from the mean, at most. */
function deviations(means: number[], spreads: number[]): OutlierModel {
  return {
    score(row) {
      checkRow(row, means.length, "row");
      const worst = row.map((value, feature) => {
        const distance = Math.abs(value - (means[feature] ?? 0));
        return distance === 0 ? 0 : distance / (distance + 3 * (spreads[feature] ?? 0));
      });
      return Math.max(...worst);
    },
    save: () => JSON.stringify({ means, spreads }),
  };
}

function mean(values: number[]): number {
  // The order of a sum changes its last bits.
  return values.sort((a, b) => a - b).reduce((sum, value) => sum + value, 0) / values.length;
}

const good: OutlierScorer = {
  name: "deviations",
  fit(rows) {
    const [first] = rows;
    if (first === undefined) throw invalid("rows are missing");
    for (const [index, row] of rows.entries()) checkRow(row, first.length, `rows[${index}]`);
    const means = first.map((_, feature) => mean(rows.map((row) => row[feature] ?? 0)));
    const spreads = means.map((middle, feature) =>
      Math.sqrt(mean(rows.map((row) => ((row[feature] ?? 0) - middle) ** 2))),
    );
    return deviations(means, spreads);
  },
  load(saved) {
    const isWhole = /^\{"means":\[[\d.,e-]+\],"spreads":\[[\d.,e-]+\]\}$/.test(saved);
    if (!isWhole) throw invalid("not saved by this scorer");
    try {
      const { means, spreads } = JSON.parse(saved);
      return deviations(means, spreads);
    } catch {
      throw invalid("not saved by this scorer");
    }
  },
};

describe("scorerConformance: a scorer that does as it should passes", () => {
  scorerConformance({ test, create: () => good });
});

/** Runs the suite in a runner of its own; answers the names of the tests that failed. */
async function failuresOf(create: () => OutlierScorer): Promise<string[]> {
  const failed: string[] = [];
  const tests: [string, () => Promise<void>][] = [];
  scorerConformance({ test: (name, body) => tests.push([name, body]), create });
  for (const [name, body] of tests) await body().catch(() => failed.push(name));
  return failed;
}

/** The good scorer with something changed in each of its models. */
const changed = (change: (model: OutlierModel, rows: Rows) => Partial<OutlierModel>) => () => ({
  ...good,
  fit(rows: Rows, seed: number) {
    const model = good.fit(rows, seed);
    return { ...model, ...change(model, rows) };
  },
});

describe("scorerConformance", () => {
  it("finds nothing wrong with the good scorer", async () => {
    expect(await failuresOf(() => good)).toEqual([]);
  });

  it("catches a name that changes", async () => {
    let made = 0;
    expect(await failuresOf(() => ({ ...good, name: `deviations-${made++}` }))).toEqual([
      "has a name, the same whenever it is made",
    ]);
  });

  it("catches a scorer that sees no outliers", async () => {
    const failed = await failuresOf(changed(() => ({ score: () => 0.5 })));
    expect(failed).toContain("scores an obvious outlier above all that it learned");
  });

  it("catches scores above 1 and scores that are no number", async () => {
    const name = "scores from 0 to 1, however far away a row is";
    const above = changed((model) => ({ score: (row) => 1e3 * model.score(row) }));
    expect(await failuresOf(above)).toContain(name);
    expect(await failuresOf(changed(() => ({ score: () => Number.NaN })))).toContain(name);
  });

  it("catches chance that no seed governs", async () => {
    const failed = await failuresOf(
      changed((model) => {
        const noise = Math.random() / 1e6;
        return { score: (row) => Math.min(1, model.score(row) + noise) };
      }),
    );
    expect(failed).toContain("gives the same scores for the same rows and seed");
    expect(failed).toContain("gives the same scores after it was saved and loaded");
  });

  it("catches a scorer that minds the order of the rows", async () => {
    const failed = await failuresOf(
      changed((model, rows) => {
        const bias = Math.abs(rows[0]?.[0] ?? 0) / 1e3;
        return { score: (row) => Math.min(1, model.score(row) + bias) };
      }),
    );
    expect(failed).toContain("does not mind the order of the rows");
  });

  it("catches a model that follows the rows it learned", async () => {
    const failed = await failuresOf(
      changed((_, rows) => ({ score: (row) => good.fit(rows, 1).score(row) })),
    );
    expect(failed).toEqual(["keeps neither the rows nor what it is asked"]);
  });

  it("catches a scorer that learns what is no number", async () => {
    const failed = await failuresOf(() => ({
      ...good,
      fit: (rows, seed) =>
        good.fit(
          rows.map((row) => row.map((value) => value || 0)),
          seed,
        ),
    }));
    expect(failed).toEqual(["refuses rows that it cannot learn, and names them"]);
  });

  it("catches a scorer that loads anything", async () => {
    const failed = await failuresOf(() => ({ ...good, load: () => good.fit([[1, 2, 3]], 1) }));
    expect(failed).toContain("refuses saved text that it did not save");
  });

  it("catches a scorer that breaks on damaged text", async () => {
    const failed = await failuresOf(() => ({
      ...good,
      load: (saved) => good.load(JSON.stringify(JSON.parse(saved))),
    }));
    expect(failed).toContain("is not broken by damaged text: it refuses it, or scores");
  });
});
