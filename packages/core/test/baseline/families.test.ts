import { describe, expect, it } from "vitest";
import type { Baseline } from "../../src/baseline/baseline.js";
import { decideOnFamily, endpointFamilies } from "../../src/baseline/families.js";
import { afterRun, learned } from "./learned.js";

const shardRuns = (runs: number) =>
  learned(Array.from({ length: runs }, (_, run) => [`shard${run}.cdn.example.com`])) as Baseline;

describe("endpoint families", () => {
  it("are learned from members that take turns, and say what they rest on", () => {
    expect(endpointFamilies(shardRuns(4))).toMatchObject([
      {
        pattern: "shard<n>.cdn.example.com:443",
        runs: 4,
        newMemberRuns: 4,
        isEstablished: true,
        text: "4 members seen in 4 runs",
      },
    ]);
  });

  it("are not made by one run, however many members it calls", () => {
    const members = Array.from({ length: 50 }, (_, n) => `shard${n}.cdn.example.com`);
    const [family] = endpointFamilies(afterRun(undefined, members));
    expect(family).toMatchObject({ newMemberRuns: 1, isEstablished: false });
  });

  it("can be approved and refused, and the decision taken back", () => {
    const [{ pattern }] = endpointFamilies(shardRuns(1)) as unknown as [{ pattern: string }];
    const approved = decideOnFamily(shardRuns(1), pattern, "approved");
    expect(endpointFamilies(approved)).toMatchObject([
      { isEstablished: true, decision: "approved" },
    ]);
    const refused = decideOnFamily(shardRuns(5), pattern, "refused");
    expect(endpointFamilies(refused)).toMatchObject([
      { isEstablished: false, decision: "refused" },
    ]);
    expect(decideOnFamily(refused, pattern, undefined)).toEqual(shardRuns(5));
  });

  it("of one tenant of a shared suffix keep its name's letters, and mere numbers there are none", () => {
    const runs = (host: (run: number) => string) =>
      endpointFamilies(learned([0, 1, 2, 3].map((run) => [host(run)])) as Baseline);
    expect(runs((run) => `buildresults${run}.blob.core.windows.net`)).toMatchObject([
      { pattern: "buildresults<n>.blob.core.windows.net:443" },
    ]);
    expect(runs((run) => `${4711 + run}.blob.core.windows.net`)).toEqual([]);
  });
});
