import type { FleetPrior } from "../baseline/fleet-prior.js";
import type { CiProvider, CodeMention } from "../contracts/ci-provider.js";
import type { Store } from "../contracts/store.js";
import type { Detection } from "../detection/detection.js";
import { inScope, type RepositoryScope } from "../job/repository-scope.js";
import { lineageOf } from "../model/lineage-of.js";
import { observedRequest } from "../model/route.js";
import { fleetOf } from "../monitor/fleet-of.js";
import type { Call } from "../run/call.js";
import type { ProcessRecord } from "../run/process.js";
import type { RunRecord } from "../run/run.js";
import type { RunStep } from "../run/step.js";
import { StraycallError } from "../straycall-error.js";
import type { Investigation, Shown, ShownRequest } from "./investigation.js";
import type { KeptAnswers } from "./kept-answers.js";
import { mentionTerms } from "./mention-terms.js";
import { type PlatformFacts, platformFacts } from "./platform-facts.js";
import { ancestorsOf, descendantsOf } from "./process-family.js";
import type { RunLogs } from "./run-logs.js";
import { suspectsOf } from "./suspects.js";

const maxShown = 200;
const maxElsewhere = 50;
/** Runs that are looked through for the last one that was watched. */
const maxRunsBefore = 1_000;

export interface InvestigateOptions {
  store: Store;
  provider: CiProvider | undefined;
  logs: RunLogs;
  /** What the CI platform said of detections of runs that have ended: it changes no more, and costs many requests. */
  said: KeptAnswers<PlatformFacts>;
  prior: FleetPrior | undefined;
  /** How long the CI platform may take, milliseconds. */
  patienceMs: number;
}

/** Who asks. */
export interface InvestigateQuery {
  /** Only what other jobs of these repositories show is told; default: of all. */
  repositories?: RepositoryScope;
}

/** Puts together what is known of a detection. Throws NOT_FOUND if there is none of this id. */
export async function investigate(
  { store, provider, logs, said, prior, patienceMs }: InvestigateOptions,
  detectionId: string,
  { repositories }: InvestigateQuery = {},
): Promise<Investigation> {
  const detection = await store.detections.get(detectionId);
  if (detection === undefined) {
    throw new StraycallError("NOT_FOUND", `there is no detection ${detectionId}`);
  }
  const { evidence, run: shownBy, jobKey, endpoint } = detection;
  const [run, call = evidence.call, caller = evidence.process, callers, same] = await Promise.all([
    store.runs.get(shownBy.key),
    store.calls.get(shownBy.key, evidence.call.id),
    store.processes.get(shownBy.key, evidence.call.processId),
    fleetOf(store, prior, jobKey, endpoint.host),
    sameElsewhere(store, detection, repositories),
  ]);
  const [found, descendants, before] = await Promise.all([
    ancestorsOf(store, shownBy.key, caller),
    descendantsOf(store, shownBy.key, call.processId, maxShown),
    runBefore(store, detection, run),
  ]);
  const ancestors = found.length > 0 ? found : evidence.ancestors;
  const chain = [...(caller ? [caller] : []), ...ancestors];
  const family = [call.processId, ...descendants.items.map(({ entityId }) => entityId)];
  const asked = () =>
    platformFacts({
      store,
      provider,
      logs,
      detection,
      run,
      call,
      before,
      terms: mentionTerms(call),
      signal: AbortSignal.timeout(patienceMs),
    });
  const isOver = run?.outcome !== undefined;
  const [otherCalls, platform] = await Promise.all([
    callsOf(store, call, family),
    provider && isOver ? said.get(`${detectionId} ${call.http.length}`, asked) : asked(),
  ]);
  const step = stepOf(call, chain, platform, run?.steps ?? []);
  const lineage = caller ? lineageOf(caller, ancestors) : "tool";
  const requests = call.http.map((request) => shownRequest(endpoint.host, request));
  const { log, changes, mentions, links } = platform;
  const known = { detection, run, call, requests, step, lineage, chain, before, log, changes };
  return {
    version: 1,
    ...known,
    descendants,
    otherCalls,
    elsewhere: { callers, detections: same, mentions: mentionsWithin(mentions, repositories) },
    suspects: suspectsOf({ ...known, links }),
    unknown: [...unknownOf(known), ...platform.missed],
  };
}

/** The step of the call: as its processes have it, else the one that the platform says was running. */
function stepOf(
  { step, processId, time }: Call,
  chain: readonly ProcessRecord[],
  { steps: told, log }: Pick<PlatformFacts, "steps" | "log">,
  seen: readonly RunStep[],
): RunStep | undefined {
  const toldTime = time + (log?.clockSkewMs ?? 0);
  const running =
    told.find((each) => isRunning(each, toldTime)) ??
    seen.find((each) => each.source === "time" && isRunning(each, time));
  if (step === undefined) return running;
  const isNamed = processId !== "" && chain.some((process) => process.step?.id === step.id);
  const known = [...told, ...seen].find((each) => each.step.id === step.id);
  // The environment has an id alone; what the platform says was running then has the name.
  const { name, number } = running?.step ?? {};
  return {
    startedAt: known?.startedAt ?? time,
    ...(known?.finishedAt === undefined ? {} : { finishedAt: known.finishedAt }),
    step: {
      ...(name === undefined ? {} : { name }),
      ...(number === undefined ? {} : { number }),
      ...known?.step,
      ...step,
    },
    source: isNamed ? "environment" : "time",
  };
}

const isRunning = (
  { startedAt, finishedAt = Number.POSITIVE_INFINITY }: RunStep,
  time: number,
): boolean => startedAt <= time && time <= finishedAt;

function shownRequest(callee: string, request: Call["http"][number]): ShownRequest {
  const { id: _, ...told } = request;
  const { route } = observedRequest(request.host ?? callee, request.method, request.path);
  return { ...told, route };
}

async function callsOf(
  store: Store,
  { id, runKey }: Call,
  family: readonly string[],
): Promise<Shown<Call>> {
  const items: Call[] = [];
  for (const processId of family) {
    const room = maxShown - items.length;
    const page = await store.calls.list(runKey, { processId, limit: room + 1 });
    const others = page.items.filter((call) => call.id !== id);
    items.push(...others.slice(0, room));
    if (others.length > room || page.next !== undefined) return { items, more: true };
  }
  return { items, more: false };
}

/** The last run of the job that started before and was watched: it was compared, and did not do this. */
async function runBefore(
  store: Store,
  { jobKey }: Detection,
  run: RunRecord | undefined,
): Promise<Investigation["before"]> {
  if (run === undefined) return undefined;
  let looked = 0;
  for (let cursor: string | undefined; looked < maxRunsBefore; ) {
    const page = await store.runs.list({
      jobKey,
      startedBefore: run.startedAt,
      limit: 20,
      ...(cursor ? { cursor } : {}),
    });
    for (const { key, runId, commit, startedAt, outcome, coverage } of page.items) {
      if (outcome === undefined || coverage.level === "none") continue;
      return { key, runId, startedAt, ...(commit === undefined ? {} : { commit }) };
    }
    looked += page.items.length;
    cursor = page.next;
    if (cursor === undefined) return undefined;
  }
  return undefined;
}

function mentionsWithin(
  { items, more }: Shown<CodeMention>,
  repositories: RepositoryScope | undefined,
): Shown<CodeMention> {
  return { items: items.filter(({ repository }) => inScope(repositories, repository)), more };
}

async function sameElsewhere(
  store: Store,
  { kind, subject, jobKey }: Detection,
  repositories: RepositoryScope | undefined,
): Promise<Investigation["elsewhere"]["detections"]> {
  const page = await store.detections.list({
    kind,
    subject,
    limit: maxElsewhere + 1,
    ...(repositories === undefined ? {} : { repositories }),
  });
  const others = page.items.filter((other) => other.jobKey !== jobKey);
  return {
    items: others.slice(0, maxElsewhere).map(({ id, job, run, severity, status, recordedAt }) => ({
      id,
      job,
      run,
      severity,
      status,
      recordedAt,
    })),
    more: others.length > maxElsewhere || page.next !== undefined,
  };
}

type Known = Pick<
  Investigation,
  "run" | "call" | "chain" | "step" | "before" | "detection" | "log" | "changes"
>;

function unknownOf({ run, call, chain, step, before, detection, log, changes }: Known): string[] {
  const told: [boolean, string][] = [
    [run === undefined, "The run's record is gone."],
    [run?.coverage.level === "partial", "Not all of the run was seen."],
    [chain.length === 0, "Which process made the call is unknown."],
    [call.http.length === 0, "What was asked is unknown: the request could not be read."],
    [step === undefined, "In which step it was made is unknown."],
    [before === undefined, "No earlier run of the job is known to compare with."],
    [detection.run.commit === undefined, "The run's commit is unknown."],
    [log === undefined, "The build log is not at hand."],
    [(log?.unread ?? 0) > 0, "The build log is too long to be read to its end."],
    [changes === undefined, "What changed in the repository is not known here."],
  ];
  return told.filter(([isSo]) => isSo).map(([, sentence]) => sentence);
}
