import type { DetectorRow, EvaluationResult } from "./evaluation-result.js";

const width = 860;
const height = 540;
const frame = { left: 70, top: 50, right: 620, bottom: 450 };

/**
 * Draws detectors as dots: what share of incidents they tell at high or above, against the benign alert-days that it
 * costs. Up and left is better. Bars are intervals of 95 %.
 */
export function picture({ detectors, data, seed }: EvaluationResult): string {
  const shown = detectors.filter(({ recallHigh }) => recallHigh !== null);
  const costs = shown.flatMap((row) => row.intervals.highAlertDaysPerRepoYear.map(Number));
  const [least, most] = [0.01, Math.max(1, ...costs) * 1.2];
  const x = (value: number) => {
    const share = Math.log(Math.max(value, least) / least) / Math.log(most / least);
    return frame.left + share * (frame.right - frame.left);
  };
  const y = (value: number) => frame.bottom - value * (frame.bottom - frame.top);
  const number = (value: number) => value.toFixed(1);

  const across = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30].filter((value) => value <= most);
  const grid = [
    ...across.map(
      (value) =>
        `<path d="M${number(x(value))} ${frame.top}V${frame.bottom}" class="grid"/>` +
        `<text x="${number(x(value))}" y="${frame.bottom + 20}" class="middle">${value === least ? `≤ ${least}` : value}</text>`,
    ),
    ...[0, 0.25, 0.5, 0.75, 1].map(
      (value) =>
        `<path d="M${frame.left} ${number(y(value))}H${frame.right}" class="grid"/>` +
        `<text x="${frame.left - 8}" y="${number(y(value) + 4)}" class="end">${value * 100} %</text>`,
    ),
  ];
  const dot = (row: DetectorRow, at: number) => {
    const cost = row.highAlertDaysPerRepoYear ?? 0;
    const recall = row.recallHigh ?? 0;
    const [cheap, dear] = row.intervals.highAlertDaysPerRepoYear;
    const [low, high] = row.intervals.recallHigh;
    const [px, py] = [number(x(cost)), number(y(recall))];
    const [left, right] = [number(x(cheap ?? cost)), number(x(dear ?? cost))];
    const [bottom, top] = [number(y(low ?? recall)), number(y(high ?? recall))];
    const kind = kindOf(row);
    return [
      `<g class="${kind}">`,
      kind === "part" ? "" : `<path d="M${left} ${py}H${right}M${px} ${bottom}V${top}"/>`,
      `<circle cx="${px}" cy="${py}" r="${kind === "part" ? 5.5 : 8}"/>`,
      `<text x="${px}" y="${number(y(recall) + 3)}" class="mark">${at + 1}</text>`,
      `<text x="${frame.right + 20}" y="${frame.top + 10 + at * 20}">${at + 1} ${escapeXml(row.name)}</text></g>`,
    ].join("");
  };
  // The whole last, on top of what it is without a part.
  const dots = (["part", "other", "ours"] as const).flatMap((layer) =>
    shown.flatMap((row, at) => (kindOf(row) === layer ? [dot(row, at)] : [])),
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="system-ui, sans-serif" font-size="12">
<title>Incidents told at high or above against benign alert-days</title>
<style>
text{fill:#333}.middle{text-anchor:middle}.end{text-anchor:end}.grid{stroke:#ddd}.mark{fill:#fff;font-size:9px;text-anchor:middle}
.ours{fill:#0a7d4f;stroke:none}.other{fill:#b3541e}.part{fill:#7a8aa0}g path{stroke:#333;stroke-opacity:.35;fill:none}
</style>
<rect width="${width}" height="${height}" fill="#fff"/>
<text x="${frame.left}" y="28" font-size="15">Incidents told at high or above, against what it costs</text>
${grid.join("\n")}
<text x="${(frame.left + frame.right) / 2}" y="${frame.bottom + 42}" class="middle">benign alert-days at high or above, per repository-year (logarithmic)</text>
<text x="${frame.left}" y="${frame.bottom + 62}" fill="#777">${data.groups} owner groups, ${data.simulatedJobs} job histories, ${data.injections} injections, seed ${seed}; bars: 95 % over owner groups</text>
${dots.join("\n")}
</svg>
`;
}

function kindOf({ name }: DetectorRow): "ours" | "part" | "other" {
  if (name === "straycall") return "ours";
  return name.startsWith("straycall ") ? "part" : "other";
}

function escapeXml(text: string): string {
  return text.replace(/[<>&"]/g, (char) => `&#${char.charCodeAt(0)};`);
}
