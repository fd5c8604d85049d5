import {
  type Call,
  type CallDensity,
  endpointKey,
  type RunRecord,
  type RunStep,
  stepTitle,
  utcTime,
  visibleText,
} from "@straycall/core";
import { detectionPath } from "../page-links.js";
import { countText, durationText } from "./amounts.js";
import { RunFrame } from "./run-frame.js";
import { TimelinePicture } from "./timeline-picture.js";

export interface TimelinePageProps {
  run: RunRecord;
  steps: readonly RunStep[];
  density: readonly CallDensity[];
  /** Calls that are told of, the first. */
  findings: { items: readonly Call[]; next?: string };
  isRecorded: boolean;
  now: number;
}

/** When each step ran and when calls were made: as a picture, and as a table for who cannot see it. */
export function TimelinePage(props: TimelinePageProps) {
  const { run, steps, density, findings, isRecorded, now } = props;
  const to = run.finishedAt ?? now;
  return (
    <RunFrame run={run} tab="timeline" isRecorded={isRecorded}>
      <h2>Timeline</h2>
      <p class="lead">
        From {utcTime(run.startedAt)} on, {durationText(to - run.startedAt)}. A band is a step; a
        dot is calls, larger for more; orange is what is told of.
      </p>
      <TimelinePicture
        from={run.startedAt}
        to={to}
        steps={steps}
        density={density}
        findings={findings.items}
      />
      <h2>Steps</h2>
      <table class="list">
        <thead>
          <tr>
            <th scope="col">Step</th>
            <th scope="col">Started after</th>
            <th scope="col">Took</th>
            <th scope="col">Calls</th>
            <th scope="col">Told of</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <StepRow step={step} from={run.startedAt} density={density} />
          ))}
          <OutsideRow steps={steps} density={density} />
        </tbody>
      </table>
      {findings.items.length > 0 && (
        <>
          <h2>Told of</h2>
          <ul>
            {findings.items.map((call) => (
              <li>
                {durationText(call.time - run.startedAt)} <FindingLink call={call} />
              </li>
            ))}
          </ul>
          {findings.next !== undefined && <p class="minor">The first of more.</p>}
        </>
      )}
    </RunFrame>
  );
}

function FindingLink({ call }: { call: Call }) {
  const text = visibleText(endpointKey(call.endpoint), 300);
  if (call.detectionId === undefined) return <code>{text}</code>;
  return (
    <a href={detectionPath(call.detectionId)}>
      <code>{text}</code>
    </a>
  );
}

interface StepRowProps {
  step: RunStep;
  from: number;
  density: readonly CallDensity[];
}

function StepRow({ step, from, density }: StepRowProps) {
  const { startedAt, finishedAt, source } = step;
  const { action } = step.step;
  const { calls, anomalous } = countsOf(density.filter(({ stepId }) => stepId === step.step.id));
  return (
    <tr class={anomalous > 0 ? "anomalous" : undefined}>
      <th scope="row">
        {visibleText(stepTitle(step.step), 200)}
        {action && (
          <span class="minor">
            {visibleText(action.ref ? `${action.name}@${action.ref}` : action.name, 300)}
          </span>
        )}
        <span class="minor">
          known by {source === "environment" ? "its environment" : "the platform"}
        </span>
      </th>
      <td data-label="Started after">{durationText(Math.max(0, startedAt - from))}</td>
      <td data-label="Took">
        {finishedAt === undefined ? "–" : durationText(finishedAt - startedAt)}
      </td>
      <td data-label="Calls">{countText(calls, "call")}</td>
      <td data-label="Told of">{anomalous}</td>
    </tr>
  );
}

function OutsideRow({ steps, density }: Pick<TimelinePageProps, "steps" | "density">) {
  const known = new Set(steps.map(({ step }) => step.id));
  const outside = density.filter(({ stepId }) => stepId === undefined || !known.has(stepId));
  const { calls, anomalous } = countsOf(outside);
  if (calls === 0) return null;
  return (
    <tr class={anomalous > 0 ? "anomalous" : undefined}>
      <th scope="row">Outside of these steps</th>
      <td data-label="Started after">–</td>
      <td data-label="Took">–</td>
      <td data-label="Calls">{countText(calls, "call")}</td>
      <td data-label="Told of">{anomalous}</td>
    </tr>
  );
}

function countsOf(density: readonly CallDensity[]) {
  return {
    calls: density.reduce((sum, { calls }) => sum + calls, 0),
    anomalous: density.reduce((sum, { anomalous }) => sum + anomalous, 0),
  };
}
