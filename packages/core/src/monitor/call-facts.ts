import type { Call, HttpRequest } from "../run/call.js";

/** One more thing that is known of a call. */
export type CallFact = { call: Call; time: number } & (
  | { kind: "made"; request?: HttpRequest }
  | { kind: "request"; request: HttpRequest }
  | { kind: "question"; name: string }
  | { kind: "end" }
);

/**
 * What is known of calls, one thing after the other.
 *
 * A call is looked at again with each thing that it adds. So it makes no difference how events were put into batches,
 * and none in which order those of one batch came.
 */
export interface CallFacts {
  /** What was not looked at yet, in the order it happened. */
  of(calls: Iterable<Call>): CallFact[];
  /** Says that it was looked at. Until then it comes again. */
  done(fact: CallFact): void;
}

/** How much of a call was looked at. */
interface Progress {
  made: boolean;
  requests: number;
  names: number;
  ended: boolean;
}

export function callFacts(): CallFacts {
  const progress = new WeakMap<Call, Progress>();
  const nothing: Readonly<Progress> = { made: false, requests: 0, names: 0, ended: false };

  return {
    of(calls) {
      const facts: CallFact[] = [];
      for (const call of calls)
        facts.push(...inOrder(factsAfter(call, progress.get(call) ?? nothing)));
      return facts.sort(byTime);
    },
    done(fact) {
      const { call } = fact;
      const seen = progress.get(call) ?? { ...nothing };
      progress.set(call, seen);
      if (fact.kind === "made") seen.made = true;
      if (fact.kind === "end") seen.ended = true;
      if (fact.kind === "question") seen.names += 1;
      else if ("request" in fact) seen.requests += 1;
    },
  };
}

function factsAfter(call: Call, seen: Readonly<Progress>): CallFact[] {
  const facts: CallFact[] = [];
  const requests = call.http.slice(seen.requests);
  if (!seen.made) {
    const first = isConnected(call) ? requests.shift() : undefined;
    const time = first?.time ?? (isConnected(call) ? endOf(call) : undefined) ?? call.time;
    facts.push({ call, time, kind: "made", ...(first === undefined ? {} : { request: first }) });
  }
  for (const request of requests)
    facts.push({ call, time: request.time, kind: "request", request });
  for (const { name } of call.questions?.asked.slice(seen.names) ?? []) {
    facts.push({ call, time: call.time, kind: "question", name });
  }
  const end = endOf(call);
  if (end !== undefined && !seen.ended) facts.push({ call, time: end, kind: "end" });
  return facts;
}

/** Others are decided on when they begin: nothing says whether anything follows. */
const isConnected = ({ transport }: Call) => transport === "tcp";

const endOf = ({ time, durationMs }: Call) =>
  durationMs === undefined ? undefined : time + durationMs;

/** A call's own facts stay in their order, whatever its agent's clock did. */
function inOrder(facts: CallFact[]): CallFact[] {
  let time = Number.NEGATIVE_INFINITY;
  for (const fact of facts) {
    time = Math.max(time, fact.time);
    fact.time = time;
  }
  return facts;
}

const byTime = (one: CallFact, other: CallFact) =>
  one.time - other.time || compareText(one.call.id, other.call.id);

const compareText = (one: string, other: string) => (one === other ? 0 : one < other ? -1 : 1);
