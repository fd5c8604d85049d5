import type { Baseline } from "../../src/baseline/baseline.js";
import { type BaselineIndex, baselineIndex } from "../../src/baseline/baseline-index.js";
import { learnRun } from "../../src/baseline/learn-run.js";
import { type RunSightings, runSightings } from "../../src/baseline/run-sightings.js";
import type { RunTraffic } from "../../src/baseline/traffic.js";
import type { AddressClass } from "../../src/endpoint/address.js";
import { endpointKey } from "../../src/endpoint/endpoint.js";
import { trafficDeviation } from "../../src/model/deviation.js";
import { lineages, type Observation, type ObservedRequest } from "../../src/model/observation.js";
import { seededRandom } from "../../src/outlier/seeded-random.js";

const npm = "npmjs.org";
const golang = "golang.org";

/** Where the runs of the history go; `#` stands for a number. */
const hosts: readonly [host: string, addressClass: AddressClass][] = [
  ["api.example.com", "public"],
  ["cdn#.example.com", "public"],
  ["img#-eu.static.example.net", "public"],
  ["app.us-east-#.cloud.example.org", "public"],
  ["shop.example.co.uk", "public"],
  ["builds#.s3.eu-west-1.amazonaws.com", "public"],
  [`registry.${npm}`, "public"],
  ["api.github.com", "public"],
  ["raw.githubusercontent.com", "public"],
  ["xn--bcher-kva.example", "public"],
  ["odd\\000name.example", "public"],
  ["localhost", "loopback"],
  ["db.internal.example", "private"],
  ["169.254.169.254", "metadata"],
  ["198.51.100.#", "public"],
  ["203.0.113.#", "public"],
  ["10.1.2.#", "private"],
  ["2001:db8:#::7", "public"],
];
/** Where no run of the history went. */
const elsewhere: readonly [host: string, addressClass: AddressClass][] = [
  ["webhook.site", "public"],
  ["tunnel#.trycloudflare.com", "public"],
  ["acmestore#.blob.core.windows.net", "public"],
  ["stranger.s3.eu-west-1.amazonaws.com", "public"],
  ["q7f3k9x2v8b#.example.info", "public"],
  ["www.exannple#.com", "public"],
  [`registry.${npm}.example.info`, "public"],
  ["github-login.example.info", "public"],
  [`proxy.${golang}`, "public"],
  ["8.8.8.8", "public"],
  ["192.0.2.#", "public"],
  ["240.0.0.1", "reserved"],
];
const methods = ["GET", "GET", "GET", "POST", "PUT"];
const ports = [443, 443, 443, 443, 80, 22, 53, 8443];
const programs = ["node", "curl", "git", "python", "pip", "__proto__"];
const steps = [undefined, "actions/checkout", "npm ci", "constructor"];
const routes = ["/", "/repos/<tenant>/<name>", "/<hash>", "/v1/items/<n>", "/upload"];
const tenants = [undefined, "acme", "widgets", "__proto__"];

/** A made-up history of one job, and calls like those of it; the same ones in every process. */
export interface RecordedHistory {
  /** A baseline learned from runs that differ in everything a run can differ in. */
  learned(runs: number): Baseline;
  /** A call to somewhere; where no run went in one of three. */
  call(): Observation;
  /** What a call moved: bytes and time from nothing to very much. */
  amounts(): RunTraffic;
}

export function recordedHistory(seed: number): RecordedHistory {
  const random = seededRandom(seed, 0);
  const below = (limit: number) => Math.floor(random() * limit);
  const oneOf = <T>(values: readonly T[]): T => values[below(values.length)] as T;

  const request = (): ObservedRequest => {
    const tenant = oneOf(tenants);
    const made = { method: oneOf(methods), route: oneOf(routes) };
    return tenant === undefined ? made : { ...made, tenant };
  };

  const callTo = (places: typeof hosts, spread: number): Observation => {
    const [host, addressClass] = oneOf(places);
    const step = oneOf(steps);
    return {
      endpoint: { host: host.replace("#", String(below(spread))), port: oneOf(ports) },
      addressClass,
      program: oneOf(programs),
      lineage: oneOf(lineages),
      requests: Array.from({ length: below(3) }, request),
      ...(step === undefined ? {} : { step }),
      ...(below(9) === 0 ? { doubtfulName: { name: "www.example.com", server: "192.0.2.1" } } : {}),
      ...(below(9) === 0 ? { claimedName: "www.example.com" } : {}),
    };
  };

  const amounts = () => ({
    bytesOut: below(2 ** below(32)),
    calls: 1 + below(20),
    durationMs: below(2 ** below(20)),
  });

  /** The greater the spread, the more places it may go to. Answers with how unusual the traffic was. */
  const run = (sightings: RunSightings, index: BaselineIndex, spread: number, time: number) => {
    const surprises: number[] = [];
    for (let calls = below(60); calls >= 0; calls -= 1) {
      const observation = callTo(hosts, spread);
      const moved = amounts();
      sightings.call(observation, time + below(600_000));
      sightings.traffic(observation, moved);
      const { surprise } = trafficDeviation(observation, moved, index);
      if (surprise !== undefined) surprises.push(surprise);
      const key = endpointKey(observation.endpoint);
      if (below(40) === 0) sightings.told(key);
      if (below(40) === 0) sightings.told(key, [`lineage:${observation.lineage}`]);
    }
    return surprises;
  };

  const learned = (runs: number): Baseline => {
    let baseline: Baseline | undefined;
    for (let at = 0; at < runs; at += 1) {
      const sightings = runSightings();
      const spread = 5 + Math.floor(at / 20);
      const surprises = run(sightings, baselineIndex(baseline), spread, at * 3_600_000);
      baseline = learnRun(baseline, "job", sightings, {
        counts: below(12) > 0,
        surprises,
        ...(below(3) === 0 ? { forgetAfterRuns: 40 } : {}),
      });
    }
    if (baseline === undefined) throw new Error("no run was learned");
    return baseline;
  };

  return {
    learned,
    call: () => callTo(below(3) === 0 ? elsewhere : hosts, 40),
    amounts,
  };
}
