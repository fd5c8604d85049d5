import { type Maturity, type RunRecord, visibleText, webLink } from "@straycall/core";
import { countText, durationText } from "./amounts.js";
import { FactList, type ShownFact } from "./facts.js";
import { CoverageMark, LearningMark, OutcomeMark } from "./marks.js";
import { Moment } from "./moment.js";

export interface BaselineSummary {
  runs: number;
  endpoints: number;
  maturity: Maturity;
}

export interface RunSummaryProps {
  run: RunRecord;
  baseline: BaselineSummary;
  learningRuns: number;
  now: number;
}

/** What is known of a run as a whole. */
export function RunSummary({ run, baseline, learningRuns, now }: RunSummaryProps) {
  const { events, processes, calls } = run.counts;
  const facts: ShownFact[] = [
    { label: "Outcome", value: <OutcomeMark outcome={run.outcome} /> },
    { label: "Started", value: <Moment time={run.startedAt} now={now} /> },
  ];
  const add = (label: string, value: ShownFact["value"] | undefined) => {
    if (value) facts.push({ label, value });
  };
  add("Took", run.finishedAt && durationText(run.finishedAt - run.startedAt));
  add("Commit", run.commit && <code>{visibleText(run.commit)}</code>);
  add("Ref", run.ref && visibleText(run.ref));
  add("Trigger", run.event && visibleText(run.event));
  add("Actor", run.actor && visibleText(run.actor));
  add("Runner", run.runner && visibleText(run.runner));
  add("Mode", run.mode === "block" ? "block: a policy is enforced, nothing is learned" : undefined);
  const url = webLink(run.url);
  add("Platform", url && <PlatformLink url={url} />);
  add(
    "Recorded",
    `${countText(calls, "call")} of ${countText(processes, "process", "processes")}, from ${countText(events, "event")}`,
  );
  add("Coverage", <CoverageText run={run} />);
  add(
    "Compared with",
    run.mode === "audit" && (
      <LearningMark mode="audit" baselineRuns={run.baselineRuns} learningRuns={learningRuns} />
    ),
  );
  add("Baseline now", <BaselineText {...baseline} />);
  return <FactList facts={facts} />;
}

function PlatformLink({ url }: { url: string }) {
  return (
    <a href={url} rel="noopener noreferrer nofollow">
      {visibleText(url, 100)}
    </a>
  );
}

function CoverageText({ run }: { run: RunRecord }) {
  return (
    <>
      <CoverageMark coverage={run.coverage} />
      {run.coverage.reasons.map((reason) => (
        <span class="minor">{visibleText(reason, 300)}</span>
      ))}
    </>
  );
}

const maturityWords: Record<Maturity["level"], string> = {
  learning: "still learning: what is new is not told yet unless it is bad in any job",
  stable: "stable",
  changing: "changing",
};

function BaselineText({ runs, endpoints, maturity }: BaselineSummary) {
  return (
    <>
      {countText(endpoints, "endpoint")} from {countText(runs, "run")}
      <span class="minor">
        {maturityWords[maturity.level]}: {maturity.text}
      </span>
    </>
  );
}
