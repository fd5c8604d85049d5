import { addressClass, type DnsQuestions, normalizeHost } from "@straycall/core";
import type { Stage } from "../data/job-timeline.js";
import type { Incident, IncidentCall } from "../data/read-incidents.js";
import type { Caller } from "../simulation/caller.js";
import { madeUpId, madeUpWord } from "../simulation/made-up-words.js";
import { type SeededRandom, seededRandom } from "../simulation/seeded-random.js";
import type { SimulatedCall, SimulatedRun } from "../simulation/simulated-run.js";
import { bytesOfBits } from "../simulation/traffic.js";
import { hostileCaller, stealthyCaller } from "./hostile-caller.js";

/** How an incident's calls are made in one run. */
export interface Manner {
  seed: number;
  /** Names the injection: other injections of the incident draw other numbers. */
  name: string;
  /** The hostile code runs in a process and step that already makes calls in this job. */
  stealthy: boolean;
  /** Only calls to these endpoints. */
  only?: ReadonlySet<string>;
}

/** How often a call is made that an incident only falls back to. */
const fallbackShare = 0.35;
/** As for benign calls: requests that an agent misses although it could read the program's TLS. */
const hiddenShare = 0.15;

const base32 = "abcdefghijklmnopqrstuvwxyz234567";

/** The calls that an incident adds to a run. */
export function hostileCalls(
  incident: Incident,
  stage: Stage,
  run: SimulatedRun,
  manner: Manner,
): SimulatedCall[] {
  const { seed, name } = manner;
  const random = seededRandom(seed, "inject", incident.id, name);
  const hidden = random.chance(hiddenShare);
  const stealthy = manner.stealthy ? stealthyCaller(random, incident, run) : undefined;
  const made = incident.calls.filter(
    ({ purpose }) => !/fallback|rotation/.test(purpose) || random.chance(fallbackShare),
  );
  const calls = (made.length > 0 ? made : incident.calls.slice(0, 1)).map((call) => {
    const host = normalizeHost(fillPlaceholders(random, call.host)) ?? call.host.toLowerCase();
    const caller = stealthy ?? hostileCaller(random, incident, call.process, stage);
    return hostileCall(random, call, host, caller, hidden);
  });
  const { only } = manner;
  return only ? calls.filter(({ endpoint: { host, port } }) => only.has(`${host}:${port}`)) : calls;
}

function hostileCall(
  random: SeededRandom,
  call: IncidentCall,
  host: string,
  caller: Caller,
  hidden: boolean,
): SimulatedCall {
  const endpoint = { host, port: call.port };
  const takes = /exfil/.test(call.purpose);
  const bytesOut = bytesOfBits(takes ? 15 + random.next() * 4 : 9 + random.next() * 2);
  const bytesIn = bytesOfBits(10 + random.next() * 8);
  const common = { endpoint, caller, bytesIn, durationMs: bytesOfBits(6 + random.next() * 4) };
  if (call.protocol === "dns") {
    const questions = takes ? dataInNames(random, host, bytesOut) : oneQuestion(random);
    return {
      ...common,
      transport: "udp",
      requests: [],
      questions,
      bytesOut: questions.nameBytes + 40 * questions.count,
      reason: "injected",
    };
  }
  const seen = call.protocol === "http" || (caller.readable && !hidden);
  const { method, path } = call;
  const request = method && path ? [{ method, path: pathOf(random, path) }] : [];
  return {
    ...common,
    transport: "tcp",
    requests: seen ? request : [],
    bytesOut,
    reason: "injected",
  };
}

/** Without its query; what varies filled in: `/hacked/<base64 env>` becomes a long path. */
function pathOf(random: SeededRandom, path: string): string {
  const plain = fillPlaceholders(random, path).split(/[?#]/)[0] ?? "/";
  return plain.startsWith("/") ? plain : `/${plain}`;
}

/** Angle brackets and stars stand for what varies; round ones for what may be there. */
function fillPlaceholders(random: SeededRandom, text: string): string {
  return text
    .replace(/\([^)]*\)/g, "")
    .replace(/<([^>]*)>/g, (_, what: string) =>
      madeUpId(random, /base64|env|secret|token/i.test(what) ? 300 + random.below(900) : 12),
    )
    .replaceAll("*", () => madeUpWord(random));
}

/** How stolen data leaves inside DNS: in labels of up to 63 characters (RFC 1035), asked one after the other. */
function dataInNames(random: SeededRandom, host: string, bytes: number): DnsQuestions {
  const below = addressClass(host) === "unknown" ? host : `${madeUpWord(random, 3)}.example`;
  const label = 40 + random.below(24);
  const names = Array.from(
    { length: Math.min(300, Math.ceil(bytes / label)) },
    (_, at) => `${madeUpId(random, label, base32)}.${at}.${below}`,
  );
  return {
    count: names.length,
    asked: names.slice(0, 20).map((name) => ({ name, type: "TXT" })),
    nameBytes: names.reduce((sum, name) => sum + name.length, 0),
    longestLabel: label,
  };
}

function oneQuestion(random: SeededRandom): DnsQuestions {
  const name = `${madeUpWord(random)}.example`;
  const longestLabel = name.indexOf(".");
  return { count: 1, asked: [{ name, type: "A" }], nameBytes: name.length, longestLabel };
}
