import { describe, expect, it } from "vitest";
import type { Baseline } from "../../src/baseline/baseline.js";
import { fleetPrior, maxPriorPlaces } from "../../src/baseline/fleet-prior.js";
import { parseFleetPrior } from "../../src/baseline/use-fleet-prior.js";
import { everyBaseline } from "../../src/contracts/store/every-baseline.js";
import { jobKey } from "../../src/job/job.js";
import { memoryStore } from "../../src/memory-store/memory-store.js";
import { baselineHolding } from "./baseline-holding.js";

const madeAt = 1_767_225_600_000;

/** A baseline whose runs called these hosts since this time. */
function baselineOf(repository: string, hosts: string[], since = 1000, job = "build"): Baseline {
  const key = jobKey({ platform: "github", repository, workflow: "ci.yml", job });
  const endpoints = hosts.map((host) => [`${host}:443`, { firstSeenAt: since }]);
  return baselineHolding(key, Object.fromEntries(endpoints));
}

const hostsOf = async (...baselines: Baseline[]) =>
  Object.keys((await fleetPrior(baselines, madeAt)).hosts);

describe("the prior of a fleet", () => {
  it("holds what two repositories call, how many do, and since when", async () => {
    const baselines = [
      baselineOf("acme/shop", ["api.example.com", "a.example.org"], 30.75),
      baselineOf("acme/web", ["api.example.com", "b.example.org"], 20.5),
      baselineOf("acme/docs", ["api.example.com"], 40),
    ];
    expect(await fleetPrior(baselines, madeAt)).toEqual({
      version: 1,
      madeAt,
      repositories: 3,
      hosts: { "api.example.com": { repositories: 3, since: 20 } },
      domains: {
        "example.com": { repositories: 3, since: 20 },
        "example.org": { repositories: 2, since: 20 },
      },
    });
  });

  it("names no host that one repository calls, in however many jobs", async () => {
    const one = baselineOf("acme/shop", ["secret.example.com"], 1, "build");
    const other = baselineOf("acme/shop", ["secret.example.com"], 1, "deploy");
    const prior = await fleetPrior([one, other, baselineOf("acme/web", ["example.org"])], madeAt);
    expect(prior.hosts).toEqual({});
    expect(prior.domains).toEqual({});
    expect(JSON.stringify(prior)).not.toContain("acme");
  });

  it("rests on nothing that one run called, or that nobody reviewed", async () => {
    const told = baselineOf("acme/shop", ["told.example.com", "known.example.com"]);
    for (const [key, endpoint] of Object.entries(told.endpoints)) {
      if (key.startsWith("told")) endpoint.unreviewed = true;
    }
    const once = baselineOf("acme/docs", ["once.example.com", "known.example.com"]);
    for (const [key, endpoint] of Object.entries(once.endpoints)) {
      if (key.startsWith("once")) endpoint.runs = 1;
    }
    const all = ["told.example.com", "once.example.com", "known.example.com"];
    expect(await hostsOf(told, once, baselineOf("acme/web", all))).toEqual(["known.example.com"]);
  });

  it("leaves out what is another place in another network", async () => {
    const hosts = ["10.0.0.7", "169.254.169.254", "fd00::1", "registry", "db.internal"];
    hosts.push("printer.local", "sub.localhost", "192.0.2.7", "8.8.8.8", "2606:4700::1111");
    const both = [baselineOf("acme/shop", hosts), baselineOf("acme/web", hosts)];
    const kept = await hostsOf(...both);
    expect(kept).toContain("8.8.8.8");
    expect(kept).toContain("2606:4700::1111");
    expect(kept).not.toContain("10.0.0.7");
    expect(kept.filter((host) => !/[:\d]/.test(host))).toEqual([]);
  });

  it("keeps the tenants of a suffix apart", async () => {
    const one = baselineOf("acme/shop", ["one.github.io"]);
    const prior = await fleetPrior([one, baselineOf("acme/web", ["two.github.io"])], madeAt);
    expect(prior.domains).toEqual({});
  });

  it("is the same file for the same fleet in any order", async () => {
    const fleet = ["shop", "web", "docs", "cli"].map((name, i) =>
      baselineOf(`acme/${name}`, ["b.example.com", "a.example.com", `h${i % 2}.example.org`], i),
    );
    const texts = [fleet, fleet.toReversed()].map(async (one) =>
      JSON.stringify(await fleetPrior(one, madeAt)),
    );
    const [forwards, backwards] = await Promise.all(texts);
    expect(forwards).toBe(backwards);
  });

  it("is bounded, and the most called stay", async () => {
    const hosts = (from: number) =>
      Array.from({ length: 15_000 }, (_, i) => `h${from + i}.example`);
    const fleet = ["shop", "web"].flatMap((name) => [
      baselineOf(`acme/${name}`, hosts(0), 1, "one"),
      baselineOf(`acme/${name}`, hosts(15_000), 1, "two"),
    ]);
    fleet.push(baselineOf("acme/docs", ["h29999.example"]));
    const prior = await fleetPrior(fleet, madeAt);
    expect(Object.keys(prior.hosts)).toHaveLength(maxPriorPlaces);
    expect(prior.hosts["h29999.example"]).toEqual({ repositories: 3, since: 1 });
  });

  it("is not crowded out by jobs that call ever new hosts", async () => {
    function* fleet() {
      yield baselineOf("acme/shop", ["api.example.com"]);
      yield baselineOf("acme/web", ["api.example.com"]);
      for (let job = 0; job < 4; job += 1) {
        const hosts = Array.from({ length: 40_000 }, (_, i) => `h${i}.j${job}.example`);
        yield baselineOf("acme/links", hosts, 1, `job-${job}`);
      }
      yield baselineOf("acme/docs", ["api.example.com"]);
    }
    const { hosts } = await fleetPrior(fleet(), madeAt);
    expect(hosts).toEqual({ "api.example.com": { repositories: 3, since: 1000 } });
  });

  it("is made of a store's baselines, and read back from its file", async () => {
    const { baselines } = memoryStore();
    for (const name of ["shop", "web"]) {
      const baseline = baselineOf(`acme/${name}`, ["api.example.com"]);
      await baselines.change(baseline.jobKey, () => baseline);
    }
    const prior = await fleetPrior(everyBaseline(baselines), madeAt);
    expect(prior.hosts).toEqual({ "api.example.com": { repositories: 2, since: 1000 } });
    expect(parseFleetPrior(JSON.parse(JSON.stringify(prior)))).toEqual(prior);
  });
});
