import type { FleetPrior } from "../baseline/fleet-prior.js";
import { everyItem } from "../contracts/every-item.js";
import type { Store } from "../contracts/store.js";
import type { Detection } from "../detection/detection.js";
import { lineageOf } from "../model/lineage-of.js";
import { fleetOf } from "../monitor/fleet-of.js";
import type { Call } from "../run/call.js";
import type { RunRecord } from "../run/run.js";
import { StraycallError } from "../straycall-error.js";
import type { Investigation } from "./investigation.js";
import { runProcesses } from "./run-processes.js";
import { suspectsOf } from "./suspects.js";

/** Of each list; the totals say how many there are. */
const maxShown = 200;
/** Detections that are looked through for the same elsewhere. */
const maxLookedAt = 5_000;
const maxElsewhere = 50;

/** Puts together what a store knows of a detection. Throws NOT_FOUND if there is none of this id. */
export async function investigate(
  store: Store,
  detectionId: string,
  prior?: FleetPrior,
): Promise<Investigation> {
  const detection = await store.detections.get(detectionId);
  if (detection === undefined) {
    throw new StraycallError("NOT_FOUND", `there is no detection ${detectionId}`);
  }
  const { evidence, run: shownBy, jobKey, endpoint } = detection;
  const [run, processes, callers, same] = await Promise.all([
    store.runs.get(shownBy.key),
    runProcesses(store, shownBy.key),
    fleetOf(store, prior, jobKey, endpoint.host),
    sameElsewhere(store, detection),
  ]);
  const caller = processes.get(evidence.call.processId) ?? evidence.process;
  const ancestors = caller ? processes.ancestors(caller) : evidence.ancestors;
  const chain = [
    ...(caller ? [caller] : []),
    ...(ancestors.length > 0 ? ancestors : evidence.ancestors),
  ];
  const descendants = processes.descendants(evidence.call.processId);
  const family = new Set([evidence.call.processId, ...descendants.map(({ entityId }) => entityId)]);
  const { own, others } = await callsOf(store, detection, family);
  const call = own ?? evidence.call;
  const lineage = caller ? lineageOf(caller, ancestors) : "tool";
  const step = stepOf(call, chain);
  const before = await runBefore(store, detection, run);
  return {
    version: 1,
    detection,
    run,
    call,
    step,
    lineage,
    chain,
    descendants: { items: descendants.slice(0, maxShown), total: descendants.length },
    otherCalls: others,
    before,
    elsewhere: { callers, detections: same },
    suspects: suspectsOf({ detection, step, lineage, chain, before }),
    unknown: unknownOf({ run, call, chain, step, before, detection }),
  };
}

function stepOf({ step, processId }: Call, chain: Investigation["chain"]): Investigation["step"] {
  if (step === undefined) return undefined;
  const isNamed = chain.some((process) => process.step?.id === step.id);
  return { step, source: isNamed && processId !== "" ? "environment" : "time" };
}

async function callsOf(store: Store, { run, evidence }: Detection, family: ReadonlySet<string>) {
  let own: Call | undefined;
  const others: Investigation["otherCalls"] = { items: [], total: 0 };
  for await (const call of everyItem((page) => store.calls.list(run.key, page))) {
    if (call.id === evidence.call.id) own = call;
    else if (family.has(call.processId)) {
      others.total += 1;
      if (others.items.length < maxShown) others.items.push(call);
    }
  }
  return { own, others };
}

/** The last run of the job that started before and taught: it was compared, and did not do this. */
async function runBefore(
  store: Store,
  { jobKey, run: shownBy }: Detection,
  run: RunRecord | undefined,
): Promise<Investigation["before"]> {
  if (run === undefined) return undefined;
  let looked = 0;
  for await (const other of everyItem((page) => store.runs.list({ ...page, jobKey }))) {
    looked += 1;
    if (looked > maxLookedAt) return undefined;
    const isEarlier = other.startedAt < run.startedAt && other.key !== shownBy.key;
    if (!isEarlier || other.outcome === undefined || other.coverage.level === "none") continue;
    const { runId, commit, startedAt } = other;
    return { runId, startedAt, ...(commit === undefined ? {} : { commit }) };
  }
  return undefined;
}

async function sameElsewhere(store: Store, { kind, subject, jobKey }: Detection) {
  const same: Investigation["elsewhere"]["detections"] = [];
  let looked = 0;
  for await (const other of everyItem((page) => store.detections.list({ ...page, kind }))) {
    looked += 1;
    if (looked > maxLookedAt || same.length === maxElsewhere) break;
    if (other.subject !== subject || other.jobKey === jobKey) continue;
    const { id, job, run, severity, status, recordedAt } = other;
    same.push({ id, job, run, severity, status, recordedAt });
  }
  return same;
}

function unknownOf({
  run,
  call,
  chain,
  step,
  before,
  detection,
}: Pick<Investigation, "run" | "call" | "chain" | "step" | "before" | "detection">): string[] {
  const tls = "What was asked is unknown: the request could not be read.";
  return [
    ...(run === undefined ? ["The run's record is gone."] : []),
    ...(run?.coverage.level === "partial" ? ["Not all of the run was seen."] : []),
    ...(chain.length === 0 ? ["Which process made the call is unknown."] : []),
    ...(call.http.length === 0 ? [tls] : []),
    ...(step === undefined ? ["In which step it was made is unknown."] : []),
    ...(before === undefined ? ["No earlier run of the job is known to compare with."] : []),
    ...(detection.run.commit === undefined ? ["The run's commit is unknown."] : []),
  ];
}
