import {
  type Call,
  type CallDensity,
  endpointKey,
  type RunStep,
  stepTitle,
  visibleText,
} from "@straycall/core";
import { detectionPath } from "../page-links.js";
import { countText, durationText } from "./amounts.js";

/** Into how many parts the picture divides a run's time. */
export const timelineParts = 160;

export interface TimelinePictureProps {
  /** Epoch milliseconds. */
  from: number;
  to: number;
  steps: readonly RunStep[];
  density: readonly CallDensity[];
  findings: readonly Call[];
}

const width = 1000;
const left = 150;
const laneHeight = 34;
const axisHeight = 26;
/** More lanes than this nobody reads. */
const maxLanes = 40;

/** Steps as bands, calls as dots, what is told of as orange triangles that lead to it. */
export function TimelinePicture({ from, to, steps, density, findings }: TimelinePictureProps) {
  const span = Math.max(1, to - from);
  const lanes = steps.slice(0, maxLanes);
  const laneOf = new Map(lanes.map(({ step }, lane) => [step.id, lane]));
  const hasOther = density.some(({ stepId }) => !laneOf.has(stepId ?? ""));
  const count = lanes.length + (hasOther ? 1 : 0);
  const height = axisHeight + count * laneHeight + 10;
  const x = (time: number) =>
    left + (Math.min(Math.max(time - from, 0), span) / span) * (width - left - 12);
  const y = (stepId: string | undefined) =>
    axisHeight + (laneOf.get(stepId ?? "") ?? lanes.length) * laneHeight;
  const round = (value: number) => Math.round(value * 10) / 10;

  return (
    <section class="picture" tabindex={0} aria-label="The timeline, a picture">
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} class="timeline">
        <title>The run over time</title>
        {[0, 0.25, 0.5, 0.75, 1].map((part) => (
          <g class="axis">
            <line x1={x(from + part * span)} x2={x(from + part * span)} y1="20" y2={height} />
            <text x={x(from + part * span)} y="14" text-anchor={part === 1 ? "end" : "start"}>
              {durationText(part * span)}
            </text>
          </g>
        ))}
        {lanes.map(({ step, startedAt, finishedAt = to }) => (
          <g class="step">
            <text x="0" y={y(step.id) + 21}>
              {visibleText(stepTitle(step), 21)}
            </text>
            <rect
              x={round(x(startedAt))}
              y={y(step.id) + 6}
              width={round(Math.max(3, x(finishedAt) - x(startedAt)))}
              height={laneHeight - 12}
              rx="4"
            >
              <title>
                {`${visibleText(stepTitle(step), 200)}: ${durationText(finishedAt - startedAt)}`}
              </title>
            </rect>
          </g>
        ))}
        {hasOther && (
          <g class="step">
            <text x="0" y={y(undefined) + 21}>
              other
            </text>
          </g>
        )}
        {density.map(({ part, stepId, calls }) => (
          <circle
            class="calls"
            cx={round(x(from + ((part + 0.5) / timelineParts) * span))}
            cy={y(stepId) + laneHeight / 2}
            r={round(Math.min(9, 2.5 + Math.log2(calls)))}
          >
            <title>{countText(calls, "call")}</title>
          </circle>
        ))}
        {findings.map((call) => (
          <FindingMark call={call} x={round(x(call.time))} y={y(call.step?.id) + laneHeight / 2} />
        ))}
      </svg>
    </section>
  );
}

function FindingMark({ call, x, y }: { call: Call; x: number; y: number }) {
  const mark = (
    <path class="finding" d={`M${x} ${y - 9}l9 16h-18z`}>
      <title>{visibleText(endpointKey(call.endpoint), 300)}</title>
    </path>
  );
  if (call.detectionId === undefined) return mark;
  return (
    <a
      href={detectionPath(call.detectionId)}
      aria-label={visibleText(endpointKey(call.endpoint), 300)}
    >
      {mark}
    </a>
  );
}
