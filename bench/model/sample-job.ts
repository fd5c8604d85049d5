import {
  type Baseline,
  learnRun,
  type Observation,
  type RunSightings,
  runSightings,
} from "@straycall/core";

/**
 * One call of a job: of ten endpoints, five are hosts of one owner, two numbered hosts of owners that have many,
 * one a bucket among other tenants', two addresses. A quarter of the calls shows a request.
 */
export function sampleCall(number: number, more: Partial<Observation> = {}): Observation {
  return {
    endpoint: { host: hostOf(number), port: 443 },
    addressClass: "public",
    program: number % 3 === 0 ? "curl" : "node",
    lineage: number % 7 === 0 ? "downloader" : "step-tool",
    step: "npm test",
    requests: number % 4 === 0 ? [{ method: "GET", route: `/v1/items/${number % 40}` }] : [],
    ...more,
  };
}

function hostOf(number: number): string {
  const tens = Math.floor(number / 10);
  switch (number % 10) {
    case 5:
    case 6:
      return `cdn${number}.${["media", "assets", "mirror"][tens % 3]}-example.com`;
    case 7:
      return `bucket-of-${letters(tens)}.s3.amazonaws.com`;
    case 8:
      return `198.51.${(tens >> 8) & 255}.${tens & 255}`;
    case 9:
      return `2001:db8:${(tens & 65_535).toString(16)}::7`;
    default:
      return `${["www", "api", "static", "download", "docs"][number % 5]}.${letters(tens)}-example.org`;
  }
}

/** Seven letters, other ones for each number: names that are no imitations of each other. */
function letters(number: number): string {
  const mixed = Math.imul(number + 1, 0x9e3779b1) >>> 0;
  const digits = mixed.toString(26).padStart(7, "0");
  return digits.replace(/./g, (digit) => String.fromCharCode(97 + Number.parseInt(digit, 26)));
}

/** What a run shows that makes these calls, each once. */
export function sightingsOf(calls: readonly Observation[]): RunSightings {
  const sightings = runSightings();
  for (const call of calls) {
    sightings.call(call, 1_700_000_000_000);
    sightings.traffic(call, { bytesOut: 800, durationMs: 40 });
  }
  return sightings;
}

/** What a job knows that called so many endpoints, in each of three runs. */
export function sampleBaseline(endpoints: number): Baseline {
  const calls = Array.from({ length: endpoints }, (_, number) => sampleCall(number));
  const first = learnRun(undefined, "job", sightingsOf(calls));
  const second = learnRun(first, "job", sightingsOf(calls));
  return learnRun(second, "job", sightingsOf(calls));
}
