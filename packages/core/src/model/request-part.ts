import type { BaselineIndex } from "../baseline/baseline-index.js";
import type { ScorePart } from "./assessment.js";
import type { Observation, ObservedRequest } from "./observation.js";
import { scorePart } from "./score.js";
import { isWritingMethod } from "./writing-method.js";

const writingBits = 1.25;
const readingBits = -1.25;
const strangerBits = 1;
const expectedBits = -1;

/** Whether what a call asked of a new endpoint sends something or only fetches, and whose part of a shared host it names. */
export function requestPart(
  { requests, step }: Observation,
  index: BaselineIndex,
): ScorePart | undefined {
  const request = requests.find(isWriting) ?? requests[0];
  if (request === undefined) return undefined;
  const { method, route } = request;
  const writes = isWriting(request);
  const whose = tenantBits(request, step, index);
  const text = `It ${writes ? "sends" : "fetches"} something: ${method} ${route}.`;
  const ofWhom = whose === 0 ? "" : ` That is the part of ${request.tenant}.`;
  const bits = (writes ? writingBits : readingBits) + whose;
  return scorePart("request", writes ? "writing" : "reading", bits, text + ofWhom);
}

function tenantBits(
  { tenant }: ObservedRequest,
  step: string | undefined,
  index: BaselineIndex,
): number {
  if (tenant === undefined) return 0;
  return isExpected(tenant, step, index) ? expectedBits : strangerBits;
}

/** Whose part a request may well go to: who the job is for, whose Actions it runs, whose parts it calls elsewhere. */
export function isExpected(
  tenant: string,
  step: string | undefined,
  index: BaselineIndex,
): boolean {
  return index.isExpectedTenant(tenant) || (step?.toLowerCase().startsWith(`${tenant}/`) ?? false);
}

export function isWriting({ method }: ObservedRequest): boolean {
  return isWritingMethod(method);
}
