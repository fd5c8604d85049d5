import { countText } from "./amounts.js";

export interface GrowthPictureProps {
  runs: number;
  /** How many endpoints were known after each run that brought one, in order. */
  growth: readonly { run: number; endpoints: number }[];
}

const width = 900;
const height = 200;
const left = 56;
const bottom = 30;

/** How many endpoints a baseline held after each run: a line that flattens as it matures. */
export function GrowthPicture({ runs, growth }: GrowthPictureProps) {
  const most = growth.at(-1)?.endpoints ?? 0;
  const x = (run: number) => left + (run / Math.max(1, runs)) * (width - left - 16);
  const y = (endpoints: number) =>
    height - bottom - (endpoints / Math.max(1, most)) * (height - bottom - 16);
  const round = (value: number) => Math.round(value * 10) / 10;
  const steps = growth.map(({ run, endpoints }) => `H${round(x(run))}V${round(y(endpoints))}`);
  const line = `M${x(0)} ${y(0)}${steps.join("")}H${round(x(runs))}`;
  const text = `${countText(most, "endpoint")} after ${countText(runs, "run")}`;
  return (
    <section class="picture" tabindex={0} aria-label={`Growth: ${text}`}>
      <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} class="growth">
        <title>{text}</title>
        <g class="axis">
          <line x1={left} x2={left} y1="10" y2={height - bottom} />
          <line x1={left} x2={width - 12} y1={height - bottom} y2={height - bottom} />
          <text x={left - 8} y="20" text-anchor="end">
            {most}
          </text>
          <text x={left - 8} y={height - bottom} text-anchor="end">
            0
          </text>
          <text x={left} y={height - 8}>
            first run
          </text>
          <text x={width - 12} y={height - 8} text-anchor="end">
            run {runs}
          </text>
        </g>
        <path class="line" d={line} />
      </svg>
    </section>
  );
}
