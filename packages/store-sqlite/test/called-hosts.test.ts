import type { Baseline } from "@straycall/core";
import { describe, expect, it } from "vitest";
import { sqliteBaselines } from "../src/baselines.js";
import { sqliteDatabase } from "../src/database.js";
import { openConnection } from "../src/open-connection.js";
import { baselineCalling, jobKey } from "./sample-detections.js";

function openBaselines() {
  const connection = openConnection(":memory:");
  const totalChanges = connection.prepare("SELECT total_changes() AS rows");
  const rowsChanged = () => (totalChanges.get() as { rows: number }).rows;
  return { baselines: sqliteBaselines(sqliteDatabase(connection)), rowsChanged };
}

const hosts = Array.from({ length: 1_000 }, (_, i) => `host-${i}.example.com`);
const askingJob = "github:acme/web:ci.yml:build";

describe("the table of called hosts", () => {
  it("is written where a change made a difference, and nowhere else", async () => {
    const { baselines, rowsChanged } = openBaselines();
    const writtenBy = async (change: (before: Baseline) => Baseline) => {
      const before = rowsChanged();
      await baselines.change(jobKey, (baseline) => change(baseline as Baseline));
      // The baseline itself is one row.
      return rowsChanged() - before - 1;
    };
    expect(await writtenBy(() => baselineCalling(...hosts))).toBeGreaterThanOrEqual(1_000);
    expect(await writtenBy((baseline) => ({ ...baseline, runs: 3 }))).toBe(0);
    expect(await writtenBy(() => baselineCalling(...hosts, "example.com"))).toBe(1);
    expect(await writtenBy(() => baselineCalling(...hosts.slice(2), "example.com"))).toBe(2);
  });

  it("follows a change that was made in place", async () => {
    const { baselines } = openBaselines();
    await baselines.change(jobKey, () => baselineCalling("old.example.com"));
    await baselines.change(jobKey, (baseline = baselineCalling()) => {
      baseline.endpoints = baselineCalling("new.example.com").endpoints;
      return baseline;
    });
    const callersOf = async (host: string) =>
      (await baselines.callers({ jobKey: askingJob, host })).host.repositories;
    expect(await callersOf("old.example.com")).toBe(0);
    expect(await callersOf("new.example.com")).toBe(1);
  });
});
