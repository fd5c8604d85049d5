import { type Detection, everyBaseline, type Store } from "@straycall/core";
import { detectionName, type Plan } from "./plan.js";
import type { Taken } from "./receivers.js";

/** What came of it. All counts but `repeats` and `crashesBetween` concern detections. */
export interface Verdict {
  expected: number;
  recorded: number;
  /** Expected, and not recorded. */
  missing: number;
  /** Recorded more than once, or not expected. */
  duplicates: number;
  /** Detections of another kind: worse calls to an endpoint that was told before. */
  others: number;
  /** Messages that the webhook's and the mail's receiver took. */
  sent: number;
  /** Those of them that had come before. */
  repeats: number;
  crashesBetween: number;
  /** Detections that a receiver never got. */
  untold: number;
  /** Messages that tell a detection which a message of another key told already, by the same notifier. */
  toldUnderTwoKeys: number;
  /** Runs whose check does not show all detections of the run, or is missing. */
  wrongChecks: number;
  /** Jobs that did not learn each of their runs once. */
  wronglyLearned: number;
  /** Deliveries that are not delivered. */
  undelivered: number;
}

export async function judge(
  plan: Plan,
  taken: Taken,
  store: Store,
  crashesBetween: number,
): Promise<Verdict> {
  const detections = await allDetections(store);
  const endpoints = detections.filter(({ kind }) => kind === "new-endpoint");
  const names = endpoints.map(({ jobKey, subject }) => detectionName(jobKey, subject));
  const recorded = new Set(names.filter((name) => plan.expected.has(name)));
  const { sent, repeats, untold, toldUnderTwoKeys } = await judgeMessages(detections, taken, store);
  return {
    expected: plan.expected.size,
    recorded: recorded.size,
    missing: plan.expected.size - recorded.size,
    duplicates: names.length - recorded.size,
    others: detections.length - endpoints.length,
    ...{ sent, repeats, crashesBetween, untold, toldUnderTwoKeys },
    wrongChecks: wrongChecks(plan, detections, taken),
    wronglyLearned: await wronglyLearned(plan, store),
    undelivered: (await store.deliveries.counts()).reduce(
      (sum, { pending, dead }) => sum + pending + dead,
      0,
    ),
  };
}

/** What is wrong, in words; empty if nothing is. */
export function wrongIn(verdict: Verdict): string[] {
  const { repeats, crashesBetween } = verdict;
  const none = [
    "missing",
    "duplicates",
    "untold",
    "toldUnderTwoKeys",
    "wrongChecks",
    "wronglyLearned",
    "undelivered",
  ] as const;
  return [
    ...none.filter((name) => verdict[name] > 0).map((name) => `${name} is ${verdict[name]}`),
    ...(repeats === crashesBetween
      ? []
      : [`${repeats} repeats, where ${crashesBetween} crashes fell between`]),
  ];
}

async function allDetections(store: Store): Promise<Detection[]> {
  const found: Detection[] = [];
  let cursor: string | undefined;
  do {
    const page = await store.detections.list({ limit: 1_000, ...(cursor ? { cursor } : {}) });
    found.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return found;
}

async function judgeMessages(detections: readonly Detection[], taken: Taken, store: Store) {
  const keys = new Set<string>();
  const toldBy = { webhook: new Map<string, string>(), email: new Map<string, string>() };
  let toldUnderTwoKeys = 0;
  const tell = (notifier: keyof typeof toldBy, key: string, detection: string) => {
    const before = toldBy[notifier].get(detection);
    if (before !== undefined && before !== key) toldUnderTwoKeys += 1;
    toldBy[notifier].set(detection, key);
  };
  /** What a mail tells is known by its batch. */
  const mailed = new Map<string, string[]>();
  for (const { id } of detections) {
    for (const delivery of await store.deliveries.list(id)) {
      if (delivery.notifier !== "email") continue;
      const key = delivery.batch ?? delivery.id;
      mailed.set(key, [...(mailed.get(key) ?? []), id]);
    }
  }
  for (const { notifier, key, detections: told = mailed.get(key) ?? [] } of taken.accepted) {
    keys.add(`${notifier} ${key}`);
    for (const detection of told) tell(notifier, key, detection);
  }
  const untold = detections.filter(
    ({ id }) => !toldBy.webhook.has(id) || !toldBy.email.has(id),
  ).length;
  const sent = taken.accepted.length;
  return { sent, repeats: sent - keys.size, untold, toldUnderTwoKeys };
}

function wrongChecks(plan: Plan, detections: readonly Detection[], { checks }: Taken): number {
  const ofRun = new Map<string, number>();
  for (const { run } of detections) ofRun.set(run.key, (ofRun.get(run.key) ?? 0) + 1);
  return plan.runs.filter(({ key, commit }) => {
    const count = ofRun.get(key) ?? 0;
    // That a run had nothing to tell is told once, as far as it goes.
    if (count === 0) return false;
    const shown = checks.filter(({ head_sha }) => head_sha === commit);
    const title = `${count} anomalous outbound ${count === 1 ? "call" : "calls"}`;
    return shown.length === 0 || shown.some(({ output }) => output.title !== title);
  }).length;
}

async function wronglyLearned({ runsOfJob }: Plan, store: Store): Promise<number> {
  let right = 0;
  for await (const { jobKey, runs } of everyBaseline(store.baselines)) {
    if (runsOfJob.get(jobKey) === runs) right += 1;
  }
  return runsOfJob.size - right;
}
