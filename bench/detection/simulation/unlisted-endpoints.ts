import { type ListedEndpoint, listedKey } from "../data/endpoint-text.js";
import type { Candidate } from "./job-callers.js";
import { seededRandom } from "./seeded-random.js";

/** Something that jobs call and allow lists leave out, for lists are of names. */
interface Unlisted {
  host: string;
  port: number;
  /** How many jobs call it. */
  share: number;
  /** Only jobs on the platform's own machines. */
  hosted?: true;
  /** Who does; anybody where unset. */
  by?: Candidate["kind"];
}

/** Shares are guesses: that such calls exist is known, nobody counts them. */
const unlisted: readonly Unlisted[] = [
  // Azure's platform address, which the agent of every virtual machine there asks for its orders.
  { host: "168.63.129.16", port: 80, share: 0.3, by: "service", hosted: true },
  // A database beside the job, on Docker's usual network.
  { host: "172.18.0.2", port: 5432, share: 0.04 },
  // A program that asks a public resolver by itself.
  { host: "9.9.9.9", port: 53, share: 0.03 },
  // The metadata service, which cloud tools ask for credentials.
  { host: "169.254.169.254", port: 80, share: 0.01 },
];

/** GitHub's own machines, which are Azure's, or an expression that will often name one. */
const hostedLabel = /\b(ubuntu|windows)-|\$\{\{/;

/** What a job calls although its list leaves it out, and who does. */
export function unlistedEndpoints(
  seed: number,
  jobName: string,
  runsOn: string,
): Map<string, { endpoint: ListedEndpoint; by: Candidate["kind"] | undefined }> {
  const random = seededRandom(seed, "unlisted", jobName);
  const isHosted = hostedLabel.test(runsOn);
  const found = unlisted.filter(
    ({ share, hosted }) => random.chance(share) && (isHosted || !hosted),
  );
  return new Map(
    found.map(({ host, port, by }) => {
      const endpoint = { host, port, pattern: false };
      return [listedKey(endpoint), { endpoint, by }];
    }),
  );
}
