import { domainParts } from "@straycall/core";
import { madeUpId, madeUpWord } from "./made-up-words.js";
import { type SeededRandom, seededRandom } from "./seeded-random.js";

/** Which concrete hosts a pattern stands for. */
export interface Family {
  kind: "numbered" | "random" | "regional" | "words" | "tenants";
  /** Hosts that one run calls. */
  draw(random: SeededRandom): string[];
}

const regions = [
  "us-east-1",
  "us-west-2",
  "eu-west-1",
  "eu-central-1",
  "ap-southeast-1",
  "us-east-2",
];
const services = [
  "api",
  "cdn",
  "uploads",
  "auth",
  "data",
  "static",
  "objects",
  "telemetry",
  "media",
];
const kinds = ["numbered", "random", "regional", "words"] as const;
const shares = { numbered: 30, random: 20, regional: 15, words: 35 };

/** Members with a random name that no run has called before, nor will again. */
const freshShare = 0.03;

/**
 * Makes up the hosts behind a pattern. They belong to the pattern, not to the repository: a provider's
 * shards are the same for all its customers.
 *
 * Directly below a suffix whose tenants are strangers to each other, a job calls what a few tenants number:
 * `<tenant>0` to `<tenant>19`.
 */
export function wildcardFamily(seed: number, pattern: string): Family {
  const random = seededRandom(seed, "family", pattern);
  const fill = (member: string) => fillStars(pattern, member, random);
  const suffix = pattern.slice(pattern.lastIndexOf("*.") + 2);
  const parts = pattern.startsWith("*.") ? domainParts(`tenant.${suffix}`) : undefined;
  if (parts?.multiTenant && parts.suffix === suffix) return tenantFamily(random, fill);

  const kind = random.weighted(kinds, (each) => shares[each]);
  switch (kind) {
    case "numbered": {
      const stem = pattern.startsWith("*.") ? madeUpWord(random) : "";
      const shards = 4 + random.below(28);
      return { kind, draw: (run) => drawn(run, 2, () => fill(`${stem}${1 + run.below(shards)}`)) };
    }
    case "random": {
      const length = random.pick([8, 12, 16]);
      const pool = Array.from({ length: 3 + random.below(28) }, () => madeUpId(random, length));
      const member = (run: SeededRandom) =>
        run.chance(freshShare) ? madeUpId(run, length) : zipfPick(run, pool);
      return { kind, draw: (run) => drawn(run, 2, () => fill(member(run))) };
    }
    case "regional": {
      const used = random.shuffled(regions).slice(0, 1 + random.below(3));
      return { kind, draw: (run) => drawn(run, 1, () => fill(zipfPick(run, used))) };
    }
    case "words": {
      const used = random.shuffled(services).slice(0, 1 + random.below(4));
      return { kind, draw: (run) => drawn(run, 2, () => fill(zipfPick(run, used))) };
    }
  }
}

function tenantFamily(random: SeededRandom, fill: (member: string) => string): Family {
  const tenants = Array.from({ length: 1 + random.below(3) }, () => ({
    stem: madeUpWord(random, 3) + random.pick(["", "prod", "sa", "store"]),
    shards: 5 + random.below(25),
  }));
  const member = (run: SeededRandom) => {
    const { stem, shards } = zipfPick(run, tenants);
    return fill(`${stem}${run.below(shards)}`);
  };
  return { kind: "tenants", draw: (run) => drawn(run, 2, () => member(run)) };
}

/** One to `most` members, each once. */
function drawn(random: SeededRandom, most: number, member: () => string): string[] {
  const count = 1 + random.below(most);
  return [...new Set(Array.from({ length: count }, member))];
}

/** The first most often: the n-th by 1/n. */
export function zipfPick<T>(random: SeededRandom, list: readonly T[]): T {
  const at = random.weighted(
    list.map((_, index) => index),
    (index) => 1 / (index + 1),
  );
  return list[at] as T;
}

/** The last star is the member; those before it are fixed words. */
function fillStars(pattern: string, member: string, random: SeededRandom): string {
  const last = pattern.lastIndexOf("*");
  const head = pattern.slice(0, last).replaceAll("*", () => madeUpWord(random));
  return head + member + pattern.slice(last + 1);
}
