import type { BaselineIndex } from "../baseline/baseline-index.js";
import { trafficGroup } from "../baseline/chain-groups.js";
import {
  magnitude,
  magnitudesPerDoubling,
  type RunTraffic,
  type Spread,
  type Traffic,
} from "../baseline/traffic.js";
import type { AddressClass } from "../endpoint/address.js";
import { type Endpoint, endpointKey } from "../endpoint/endpoint.js";
import { endpointChain } from "../endpoint/endpoint-chain.js";
import { log2 } from "../math/log2.js";
import { studentUpperTail } from "../math/student-t.js";
import type { Assessment, ScorePart } from "./assessment.js";
import { assessmentOf, scorePart } from "./score.js";

/** How unusual the traffic of one program at one place is, so far in this run. */
export interface TrafficAssessment extends Assessment {
  /** For the baseline to learn what is unusual in this job: whole bits. Unset if too little is known to say. */
  surprise?: number;
}

const leastRuns = 5;
/** One amount in 32 runs is nothing to speak of. */
const usualBits = 5;
const mostBits = 8;
/** Less than four times the usual is growth: a job that always did the same now makes a second call. */
const leastGrowth = 2 * magnitudesPerDoubling;
/** Prior of the spread: a standard deviation of about one doubling, worth four runs. */
const priorShape = 2;
const priorSquares = 2 * magnitudesPerDoubling ** 2;
const leastChance = 2 ** -60;

/** What was moved at an endpoint; at members of a family or a small network, at all of them together. */
export interface MovedAt {
  endpoint: Endpoint;
  addressClass: AddressClass;
  program: string;
}

/** The place whose traffic an endpoint's calls belong to: the endpoint, or the group whose members take turns. */
export function trafficPlace({ endpoint, addressClass }: Omit<MovedAt, "program">): string {
  return trafficGroup(endpointChain(endpoint, addressClass)) ?? endpointKey(endpoint);
}

export function assessTraffic(
  at: MovedAt,
  amounts: RunTraffic,
  index: BaselineIndex,
): TrafficAssessment {
  const place = trafficPlace(at);
  const { baseline } = index;
  const learned = baseline?.groups[place]?.traffic ?? baseline?.endpoints[place]?.habits?.traffic;
  const usual =
    learned !== undefined && Object.hasOwn(learned, at.program) ? learned[at.program] : undefined;
  if (usual === undefined || usual.runs < leastRuns) return assessmentOf([]);
  const measures = [
    measure("bytes-out", "sent bytes", amounts.bytesOut, usual, usual.bytesOut),
    measure("calls", "calls", amounts.calls, usual, usual.calls),
    measure(
      "duration",
      "milliseconds of its longest call",
      amounts.durationMs,
      usual,
      usual.duration,
    ),
  ];
  const surprise = Math.max(...measures.map(({ bits }) => bits));
  const parts = measures.map((found) => trafficPart(found, at.program, usual, index));
  // Bytes, calls and duration grow together: the strangest speaks for all.
  const strangest = parts.sort((one, other) => other.bits - one.bits)[0];
  return { ...assessmentOf([strangest]), surprise: Math.floor(surprise) };
}

interface Measure {
  code: string;
  what: string;
  amount: number;
  mean: number;
  bits: number;
}

/**
 * How rare such an amount or a greater one is: the upper tail of the Student-t predictive of a normal-inverse-gamma
 * model of its logarithm (Murphy 2007, "Conjugate Bayesian analysis of the Gaussian distribution", section 6).
 */
function measure(
  code: string,
  what: string,
  amount: number,
  { runs }: Traffic,
  { sum, squares }: Spread,
): Measure {
  const mean = sum / runs;
  const deviations = Math.max(0, squares - sum * mean);
  const shape = priorShape + runs / 2;
  const scale = Math.sqrt(((priorSquares + deviations / 2) / shape) * (1 + 1 / runs));
  const chance = studentUpperTail((magnitude(amount) - mean) / scale, 2 * shape);
  return { code, what, amount, mean, bits: -log2(Math.max(chance, leastChance)) };
}

function trafficPart(
  found: Measure,
  program: string,
  { runs }: Traffic,
  index: BaselineIndex,
): ScorePart {
  const isGrowth = magnitude(found.amount) - found.mean < leastGrowth;
  const rarity = Math.min(found.bits, calibratedBits(found.bits, index));
  const bits = isGrowth ? 0 : rarity - usualBits;
  const usual = Math.round(2 ** (found.mean / magnitudesPerDoubling) - 1);
  const text = `${program} made ${found.amount} ${found.what}; in ${runs} runs it was about ${usual}.`;
  return scorePart("traffic", found.code, Math.min(mostBits, Math.max(0, bits)), text);
}

/**
 * How rare so great a surprise is in this job, whatever the model of the amounts says: a conformal p-value
 * (Vovk, Gammerman and Shafer 2005, "Algorithmic Learning in a Random World") over the surprises of the runs learned.
 */
function calibratedBits(bits: number, { baseline }: BaselineIndex): number {
  const surprises = Object.entries(baseline?.habits.surprises ?? {});
  let all = 0;
  let asGreat = 0;
  for (const [whole, count] of surprises) {
    all += count;
    if (Number(whole) >= Math.floor(bits)) asGreat += count;
  }
  return log2((all + 1) / (asGreat + 1));
}
