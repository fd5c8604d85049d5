import type { BaselineIndex } from "../baseline/baseline-index.js";
import { trafficPlaceOf } from "../baseline/chain-groups.js";
import { leastGrowth, predictedAmount } from "../baseline/predicted-amount.js";
import {
  magnitude,
  magnitudesPerDoubling,
  type RunTraffic,
  type Spread,
  type Traffic,
} from "../baseline/traffic.js";
import { usualTraffic } from "../baseline/usual-traffic.js";
import type { OutlierScorer } from "../contracts/outlier-scorer.js";
import type { AddressClass } from "../endpoint/address.js";
import type { Endpoint } from "../endpoint/endpoint.js";
import { endpointChain } from "../endpoint/endpoint-chain.js";
import { log2 } from "../math/log2.js";
import { studentUpperTail } from "../math/student-t.js";
import type { Assessment, ScorePart } from "./assessment.js";
import { conformalBits } from "./conformal-bits.js";
import { outlierPart } from "./outlier-part.js";
import { assessmentOf, scorePart } from "./score.js";

/** How unusual the traffic of one program at one place is, so far in this run. */
export interface TrafficAssessment extends Assessment {
  /** For the baseline to learn what is unusual in this job: whole bits. Unset if too little is known to say. */
  surprise?: number;
}

/** A job has dozens of places and programs: in a thousand runs, what one of 2,048 amounts shows turns up often. */
const usualBits = 11;
const mostBits = 3.5;
const leastChance = 2 ** -60;

/** What was moved at an endpoint; at members of a family or a small network, at all of them together. */
export interface MovedAt {
  endpoint: Endpoint;
  addressClass: AddressClass;
  program: string;
}

/** The place whose traffic calls belong to; see {@link trafficPlaceOf}. */
export function trafficPlace({ endpoint, addressClass }: Omit<MovedAt, "program">): string {
  return trafficPlaceOf(endpointChain(endpoint, addressClass));
}

export function assessTraffic(
  at: MovedAt,
  amounts: RunTraffic,
  index: BaselineIndex,
  outliers?: OutlierScorer,
): TrafficAssessment {
  const usual = usualTraffic(index.baseline, trafficPlace(at), at.program);
  if (usual === undefined) return assessmentOf([]);
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
  const outlier = outliers && outlierPart(at.program, amounts, usual, index, outliers);
  return { ...assessmentOf([strangest, outlier]), surprise: Math.floor(surprise) };
}

interface Measure {
  code: string;
  what: string;
  amount: number;
  mean: number;
  bits: number;
}

/** How rare such an amount or a greater one is. */
function measure(
  code: string,
  what: string,
  amount: number,
  { runs }: Traffic,
  spread: Spread,
): Measure {
  const { mean, scale, freedom } = predictedAmount(runs, spread);
  const chance = studentUpperTail((magnitude(amount) - mean) / scale, freedom);
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
 * How rare so great a surprise is in this job, whatever the model of the amounts says. Beyond the greatest surprise of
 * the runs learned the model is believed half.
 */
function calibratedBits(bits: number, { baseline }: BaselineIndex): number {
  let all = 0;
  let asGreat = 0;
  let greatest = 0;
  for (const [whole, count] of Object.entries(baseline?.habits.surprises ?? {})) {
    all += count;
    greatest = Math.max(greatest, Number(whole) + 1);
    if (Number(whole) >= Math.floor(bits)) asGreat += count;
  }
  const beyond = asGreat > 0 ? 0 : Math.max(0, bits - greatest) / 2;
  return conformalBits(asGreat, all) + beyond;
}
