import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Baseline } from "../../src/baseline/baseline.js";
import { exportBaseline, importBaseline } from "../../src/baseline/baseline-file.js";
import { learnRun } from "../../src/baseline/learn-run.js";
import { mergeBaselines } from "../../src/baseline/merge-baselines.js";
import type { RunTraffic } from "../../src/baseline/traffic.js";
import type { OutlierScorer } from "../../src/contracts/outlier-scorer.js";
import { isolationForestScorer } from "../../src/outlier/isolation-forest-scorer.js";
import { learnedTraffic, strangeAmounts, trafficRun } from "./learned-traffic.js";

const outliers = isolationForestScorer({ trees: 20 });
const other: OutlierScorer = { ...outliers, name: "other" };
const full = learnedTraffic(80, outliers) as Baseline;
const after = (before: Baseline, by: OutlierScorer | undefined, sightings = trafficRun(81)) =>
  learnRun(before, "job", sightings, by === undefined ? {} : { outliers: by });
const rowsOf = (baseline: Baseline) => baseline.outliers?.rows ?? [];

describe("what a baseline remembers for a scorer of outliers", () => {
  it("is a row for each place and program whose usual amounts are known", () => {
    expect(rowsOf(learnedTraffic(5, outliers) as Baseline)).toEqual([]);
    expect(rowsOf(learnedTraffic(8, outliers) as Baseline)).toHaveLength(3 * 4);
  });

  it("says nothing as long as no score could be rare", () => {
    expect(learnedTraffic(20, outliers)?.outliers?.fitted).toBeUndefined();
    expect(learnedTraffic(21, outliers)?.outliers?.fitted).toMatchObject({ run: 21 });
  });

  it("is nothing without a scorer", () => {
    expect(learnedTraffic(30)).not.toHaveProperty("outliers");
    expect(after(full, undefined)).not.toHaveProperty("outliers");
  });

  it("is bounded", () => {
    expect(rowsOf(full)).toHaveLength(256);
    expect(full.outliers?.fitted?.calibration).toHaveLength(128);
    expect(JSON.stringify(full.outliers).length).toBeLessThan(20_000);
  });

  it("is not what one run shows alone, however many places it calls", () => {
    const [known] = trafficRun(81).endpoints.values();
    if (known === undefined) throw new Error("the run shows nothing");
    const flood = Array.from({ length: 100 }, (_, place) => {
      const key = `host${place}.example.org:443`;
      const chain: typeof known.chain = [
        { kind: "names", key: "names" },
        { kind: "endpoint", key },
      ];
      return [key, { ...known, chain }] as const;
    });
    const flooded = { ...trafficRun(81), endpoints: new Map(flood) };
    let baseline = full;
    for (let run = 0; run < 6; run += 1) baseline = after(baseline, outliers, flooded);
    const kept = rowsOf(baseline).filter((row) => rowsOf(full).includes(row));
    expect(kept).toHaveLength(256 - 32);
  });

  it("is the same for the same runs, bit by bit, and differs from job to job", () => {
    expect(JSON.stringify(learnedTraffic(40, outliers))).toBe(
      JSON.stringify(learnedTraffic(40, isolationForestScorer({ trees: 20 }))),
    );
    const moved = learnedTraffic(40, outliers, "another job");
    expect(rowsOf(moved as Baseline)).toEqual(rowsOf(learnedTraffic(40, outliers) as Baseline));
    expect(moved?.outliers?.fitted?.model).not.toBe(
      learnedTraffic(40, outliers)?.outliers?.fitted?.model,
    );
  });

  it("is the same on every machine", () => {
    const hash = createHash("sha256").update(JSON.stringify(full.outliers)).digest("hex");
    expect(hash.slice(0, 32)).toBe("a15b09140b47010db3013e351d845d3f");
  });

  it("survives JSON, and a file", () => {
    expect(JSON.parse(JSON.stringify(full))).toEqual(full);
    expect(importBaseline(exportBaseline(full))).toEqual(full);
    expect(after(importBaseline(exportBaseline(full)), outliers)).toEqual(after(full, outliers));
  });

  it("is refused in a file that holds too much of it", () => {
    const [row] = rowsOf(full);
    const [first = 0, ...rest] = row ?? [];
    for (const rows of [
      [...rowsOf(full), row],
      [rest],
      [[first + 0.5, ...rest]],
      [[1e9, ...rest]],
    ]) {
      const file = exportBaseline({ ...full, outliers: { rows: rows as number[][] } });
      expect(() => importBaseline(file)).toThrow(/baseline\.outliers\.rows/);
    }
  });

  it("keeps its model for eight runs once it is full", () => {
    let baseline = full;
    const fittedAt = new Set<number | undefined>();
    for (let run = 81; run <= 104; run += 1) {
      baseline = after(baseline, outliers, trafficRun(run));
      fittedAt.add(baseline.outliers?.fitted?.run);
    }
    expect(
      [...fittedAt].every((run) => ((run ?? 0) - (full.outliers?.fitted?.run ?? 0)) % 8 === 0),
    ).toBe(true);
    expect(fittedAt.size).toBeGreaterThan(2);
  });

  it("is fitted anew for another scorer, and if the model is damaged", () => {
    const fitted = full.outliers?.fitted;
    if (fitted === undefined) throw new Error("nothing was fitted");
    expect(after(full, other).outliers?.fitted).toMatchObject({ scorer: "other", run: 81 });
    for (const model of ["", "no model", fitted.model.slice(0, -8), wide.save()]) {
      const damaged = {
        ...full,
        outliers: { ...full.outliers, rows: rowsOf(full), fitted: { ...fitted, model } },
      };
      expect(after(damaged, outliers).outliers?.fitted?.run).toBe(81);
    }
  });

  it("is the rows of both after merging, and a model with the next run", () => {
    const merged = mergeBaselines(learnedTraffic(10, outliers) as Baseline, full);
    expect(merged.outliers).toEqual({ rows: rowsOf(full) });
    const early = mergeBaselines(full, learnedTraffic(10, outliers) as Baseline);
    expect(rowsOf(early)).toHaveLength(256);
    expect(after(early, outliers).outliers?.fitted).toBeDefined();
  });

  it("holds nothing of cancelled runs, of what was told, and of endpoints that nobody reviewed", () => {
    const strange = () => trafficRun(81, [strangeAmounts]);
    const shown = (sightings: ReturnType<typeof trafficRun>, counts = true) =>
      rowsOf(learnRun(full, "job", sightings, { outliers, counts })).filter(
        (row) => !rowsOf(full).includes(row),
      );
    expect(shown(strange())).toHaveLength(4);
    expect(shown(strange(), false)).toEqual([]);
    const told = strange();
    told.toldTraffic("api.example.com:443 node");
    expect(shown(told)).toEqual(shown(trafficRun(81)).slice(1));
    const worse = strange();
    worse.toldTraffic("api.example.com:443 node high");
    expect(shown(worse)).toEqual(shown(told));
    const unreviewed = structuredClone(full);
    Object.assign(unreviewed.endpoints["api.example.com:443"] ?? {}, { unreviewed: true });
    const rows = rowsOf(learnRun(unreviewed, "job", strange(), { outliers }));
    expect(rows.slice(-3)).toEqual(shown(told));
  });

  it("stays bounded for hostile amounts", () => {
    const most = Number.MAX_SAFE_INTEGER;
    const hostile: RunTraffic[] = [
      { bytesOut: most, calls: 1, durationMs: most },
      { bytesOut: 0, calls: 500, durationMs: 0 },
      { bytesOut: Number.POSITIVE_INFINITY, calls: 1, durationMs: Number.POSITIVE_INFINITY },
    ];
    const rows = rowsOf(after(full, outliers, trafficRun(81, hostile))).slice(-4);
    for (const value of rows.flat()) {
      expect(Number.isInteger(value) && value >= 0 && value <= 4_095).toBe(true);
    }
  });
});

const wide = outliers.fit([[1, 2, 3, 4, 5, 6, 7]], 1);
