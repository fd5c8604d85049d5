import { madeUpId, madeUpWord } from "./made-up-words.js";
import { type SeededRandom, seededRandom } from "./seeded-random.js";
import { zipfPick } from "./wildcard-members.js";

export interface Request {
  method: string;
  path: string;
}

/** One kind of request: its fixed words, and what differs every time. */
export interface Route {
  method: string;
  segments: (string | "#number" | "#hash" | "#version" | "#file")[];
}

const words =
  "releases download latest archive packages files simple metadata index dist info versions manifests".split(
    " ",
  );
const endings = ["tar.gz", "json", "zip", "whl", "sig"];

export interface RouteContext {
  seed: number;
  repository: string;
  host: string;
  /** Many owner groups call the host, so paths begin with whose part of it they mean. */
  shared: boolean;
  /** The repository's own owner first, then those of the Actions it uses. */
  owners: readonly string[];
}

/** How often requests come from outside of the repository's owner and Actions, on hosts that many share. */
const otherOwnerShare = 0.1;
const writeShare = 0.15;

/** The requests that one caller makes to one host: one to five kinds, the first most often. */
export function routesOf(context: RouteContext, caller: string): Route[] {
  const random = seededRandom(context.seed, "routes", context.repository, context.host, caller);
  const writes = random.chance(0.2);
  return Array.from({ length: 1 + random.below(5) }, (_, at) =>
    makeRoute(random, context, writes && at === 0 ? 0.8 : writeShare / 5),
  );
}

/** A kind of request that was not made before, or hardly. */
export function makeRoute(random: SeededRandom, context: RouteContext, writes = writeShare): Route {
  const method = random.chance(writes) ? random.pick(["POST", "POST", "PUT", "PATCH"]) : "GET";
  const head = context.shared ? sharedHead(random, context) : random.pick([[], ["v1"], ["api"]]);
  const tail = Array.from({ length: 1 + random.below(3) }, () =>
    random.pick([random.pick(words), "#number", "#hash", "#version", "#file", madeUpWord(random)]),
  );
  return { method, segments: [...head, ...tail] };
}

/** A route of an owner that this job had no requests of before. */
export function strangerRoute(random: SeededRandom, context: RouteContext): Route {
  return makeRoute(random, { ...context, owners: [madeUpWord(random, 3)] });
}

/** By the host's own words: programming interfaces group what they know of, image registries have a version. */
function sharedHead(random: SeededRandom, { host, owners }: RouteContext): string[] {
  const name = madeUpWord(random);
  const owner = random.chance(otherOwnerShare) ? madeUpWord(random, 3) : zipfPick(random, owners);
  const labels = host.split(/[.-]/);
  if (labels.includes("api"))
    return random.pick([["repos", owner, name], ["repos", owner, name], [name]]);
  if (labels.some((label) => /^(registry|docker|ghcr|quay|gcr)$/.test(label))) {
    return ["v2", owner, name];
  }
  return [owner, name];
}

/** One request of a kind: what varies filled in. */
export function fillRoute(random: SeededRandom, route: Route): Request {
  const segments = route.segments.map((segment) => {
    switch (segment) {
      case "#number":
        return String(random.below(100_000));
      case "#hash":
        return madeUpId(random, 40);
      case "#version":
        return `v${random.below(9)}.${random.below(30)}.${random.below(20)}`;
      case "#file":
        return `${madeUpWord(random)}-${random.below(9)}.${random.below(20)}.${random.pick(endings)}`;
      default:
        return segment;
    }
  });
  return { method: route.method, path: `/${segments.join("/")}` };
}
