import type { DnsQuestions } from "@straycall/core";
import { type ListedEndpoint, listedKey } from "../data/endpoint-text.js";
import type { Caller } from "./caller.js";
import {
  fillRoute,
  makeRoute,
  type Request,
  type Route,
  type RouteContext,
  routesOf,
  strangerRoute,
} from "./http-routes.js";
import { madeUpWord } from "./made-up-words.js";
import { type SeededRandom, seededRandom } from "./seeded-random.js";
import type { CallReason, SimulatedCall } from "./simulated-run.js";
import { bytesOfBits, drawBytes, type Traffic, trafficOf } from "./traffic.js";
import { type Family, wildcardFamily, zipfPick } from "./wildcard-members.js";

/** One way in which a job calls an endpoint. */
interface Way {
  caller: Caller;
  /** How many of the runs that call the endpoint do it this way. */
  share: number;
  routes: { route: Route; reason: CallReason | undefined }[];
  /** The agent sees the requests. */
  seen: boolean;
  traffic: Traffic;
  reason: CallReason | undefined;
}

/** How a job calls one entry of its list: how regularly, by whom, with which requests. */
export interface Habit {
  readonly key: string;
  readonly listed: ListedEndpoint;
  callers(): readonly Caller[];
  /** Another caller from now on; the first has all runs, later ones a part of them. */
  addCaller(caller: Caller, reason?: CallReason): void;
  /** The same callers in their present form; those that are no more go. */
  replaceCallers(present: (key: string) => Caller | undefined): void;
  addRoute(random: SeededRandom): void;
  addOwner(random: SeededRandom): void;
  grow(random: SeededRandom): void;
  /** What one run calls, possibly nothing. `certain` leaves nothing to chance. */
  calls(random: SeededRandom, certain: boolean): SimulatedCall[];
}

/** How regular the entries of a list are. Lists name more than what every run calls; nothing public says how much. */
const regularities = [
  { share: 80, from: 0.97, to: 1 },
  { share: 14, from: 0.15, to: 0.85 },
  { share: 6, from: 0.01, to: 0.08 },
];

const dnsPort = 53;

/** Hidden although the program's TLS could be read: the agent came late, or a library was linked in. */
const hiddenShare = 0.15;

export function makeHabit(
  job: string,
  listed: ListedEndpoint,
  context: RouteContext,
  reason: "listed" | "added",
): Habit {
  const { seed, repository, host } = context;
  const key = listedKey(listed);
  const own = seededRandom(seed, "habit", job, key);
  const regularity = own.weighted(regularities, ({ share }) => share);
  const presence = regularity.from + own.next() * (regularity.to - regularity.from);
  const family: Family | undefined = listed.pattern ? wildcardFamily(seed, host) : undefined;
  let ways: Way[] = [];

  const pickWay = (random: SeededRandom) => random.pick(ways);
  return {
    key,
    listed,
    callers: () => ways.map(({ caller }) => caller),
    addCaller(caller, because) {
      if (ways.some((way) => way.caller.key === caller.key)) return;
      const random = seededRandom(seed, "way", repository, key, caller.key);
      const readable = caller.readable && !random.chance(hiddenShare);
      ways.push({
        caller,
        share: ways.length === 0 ? 1 : 0.2 + 0.8 * random.next(),
        routes: routesOf(context, caller.key).map((route) => ({ route, reason: undefined })),
        seen: readable || listed.port === 80,
        traffic: trafficOf(seed, repository, key, caller.key),
        reason: because,
      });
    },
    replaceCallers(present) {
      ways = ways.flatMap((way) => {
        const caller = present(way.caller.key);
        return caller ? [{ ...way, caller }] : [];
      });
      const [first] = ways;
      if (first) first.share = 1;
    },
    addRoute(random) {
      const route = makeRoute(random, context);
      pickWay(random).routes.splice(1, 0, { route, reason: "new-route" });
    },
    addOwner(random) {
      const route = strangerRoute(random, context);
      pickWay(random).routes.splice(1, 0, { route, reason: "new-owner" });
    },
    grow(random) {
      const way = pickWay(random);
      way.traffic = { ...way.traffic, middle: way.traffic.middle + 1 + 3 * random.next() };
      way.reason ??= "volume";
    },
    calls(random, certain) {
      if (!certain && !random.chance(presence)) return [];
      const hosts = family ? family.draw(random) : [listed.host];
      const taken = ways.filter(({ share }) => share === 1 || random.chance(share));
      return hosts.flatMap((each) =>
        taken.map((way) =>
          callOf(random, { host: each, port: listed.port }, way, family ? "member" : reason),
        ),
      );
    },
  };
}

/** A program that asks a resolver by itself, for the name of some other host. */
function questionsOf(random: SeededRandom): DnsQuestions {
  const count = 1 + random.below(4);
  const names = Array.from({ length: count }, () => `${madeUpWord(random)}.example.com`);
  return {
    count,
    asked: names.map((name) => ({ name, type: "A" })),
    nameBytes: names.reduce((sum, name) => sum + name.length, 0),
    longestLabel: names.reduce((longest, name) => Math.max(longest, name.indexOf(".")), 7),
  };
}

function callOf(
  random: SeededRandom,
  endpoint: { host: string; port: number },
  way: Way,
  habitual: CallReason,
): SimulatedCall {
  const requests: Request[] = [];
  let reason = way.reason;
  const isDns = endpoint.port === dnsPort;
  const count = way.seen && !isDns ? 1 + random.below(3) : 0;
  for (let at = 0; at < count; at += 1) {
    const picked = zipfPick(random, way.routes);
    reason ??= picked.reason;
    requests.push(fillRoute(random, picked.route));
  }
  return {
    endpoint,
    transport: isDns ? "udp" : "tcp",
    caller: way.caller,
    requests,
    ...(isDns ? { questions: questionsOf(random) } : {}),
    bytesOut: drawBytes(random, way.traffic),
    bytesIn: bytesOfBits(14 + 2 * random.normal()),
    durationMs: bytesOfBits(7.5 + random.normal()),
    reason: reason ?? habitual,
  };
}
