import type { GroupResult, Outcome } from "../replay/group-result.js";
import type { DetectorRow, EvaluationResult } from "./evaluation-result.js";
import { learned, told, toldHigh, trustedOnly } from "./recall.js";

/** In the name of a detector that is another one without a part. */
const without = " without ";

/** What the evaluation found, as Markdown. `main` names the detector whose misses and false alarms are listed. */
export function report(
  result: EvaluationResult,
  groups: readonly GroupResult[],
  main: string,
): string {
  const whole = result.detectors.filter(({ name }) => !name.includes(without));
  const parted = result.detectors.filter(({ name }) => name.includes(without));
  const outcomes = groups.flatMap(({ detectors }) => detectors[main]?.outcomes ?? []);
  return [
    ...aboutData(result),
    "## Detectors\n",
    ...detectorTable(whole),
    "",
    "## Without one part of the score\n",
    ...ablationTable(parted),
    "",
    "## Told, and told at high or above, by kind of injection\n",
    ...splitTable(whole),
    "",
    "## Benign alert-days per repository-year, by what was new\n",
    ...reasonTable(whole),
    "",
    ...benignTable(whole),
    `## Incidents that ${main} missed or put below high\n`,
    ...missedList(outcomes),
    "",
    `## Benign alerts of ${main} at high or above, by kind\n`,
    ...alarmList(groups, main),
    "",
  ].join("\n");
}

function aboutData({ seed, data }: EvaluationResult): string[] {
  const skipped = Object.entries(data.skipped).map(([reason, count]) => `${count} ${reason}`);
  return [
    `${data.jobs} jobs (${data.simulatedJobs} with histories of their own) of ${data.groups} owner groups, ` +
      `${data.repositoryYears.toFixed(0)} repository-years, ${data.simulatedRuns} simulated runs; ` +
      `${data.runsLeftOut} further runs left out by the limit of runs by job.`,
    `${data.incidents} incidents, ${data.controls} of them controls without a call; ` +
      `${data.injections} injections. Seed ${seed}, drift ${data.drift}.`,
    `Skipped: ${skipped.length > 0 ? skipped.join("; ") : "nothing"}.\n`,
  ];
}

const percent = (value: number | null) => (value === null ? "-" : `${(value * 100).toFixed(1)} %`);
const plain = (digits: number) => (value: number | null) =>
  value === null ? "-" : value.toFixed(digits);

type Measure = [
  title: string,
  field: keyof DetectorRow["intervals"],
  text: (value: number | null) => string,
];
const measures: Measure[] = [
  ["told", "recallAny", percent],
  ["pushed", "recallPushed", percent],
  ["told at high or above", "recallHigh", percent],
  ["at known endpoints only, at high or above", "recallHighTrusted", percent],
  ["told in the first run of a new job", "recallFirstRun", percent],
  ["benign notifications per 1,000 runs", "notificationsPer1000", plain(1)],
  ["at high or above", "highPer1000", plain(2)],
  ["benign alert-days per repository-year", "alertDaysPerRepoYear", plain(2)],
  ["at high or above", "highAlertDaysPerRepoYear", plain(2)],
  ["average precision", "averagePrecision", plain(3)],
  ["area under the ROC curve", "rocAuc", plain(3)],
  ["delay in runs", "delayRuns", plain(2)],
];

/** Detectors side by side, each number with its interval below. */
function detectorTable(rows: readonly DetectorRow[]): string[] {
  const cell = (row: DetectorRow, [, field, text]: Measure) => {
    const [low, high] = row.intervals[field];
    return `${text(row[field])}<br>${text(low)} to ${text(high)}`;
  };
  return table(
    ["", ...rows.map(({ name }) => name)],
    [
      ...measures.map((measure) => [measure[0], ...rows.map((row) => cell(row, measure))]),
      ["microseconds per call", ...rows.map((row) => plain(0)(row.microsPerCall))],
      ["bytes per job", ...rows.map((row) => plain(0)(row.bytesPerJob))],
    ],
  );
}

/** What each part of a score is for: the same numbers without it. */
function ablationTable(rows: readonly DetectorRow[]): string[] {
  const shown = measures.filter(([, field]) => field !== "delayRuns" && field !== "highPer1000");
  return table(
    ["", ...shown.map(([title]) => title)],
    rows.map((row) => [row.name, ...shown.map(([, field, text]) => text(row[field]))]),
  );
}

function splitTable(rows: readonly DetectorRow[]): string[] {
  const [first] = rows;
  return table(
    ["", "injections", ...rows.map(({ name }) => name)],
    Object.keys(first?.splits ?? {}).map((name) => [
      name,
      String(first?.splits[name]?.injections),
      ...rows.map(({ splits: { [name]: split } }) => {
        return `${percent(split?.told ?? null)} / ${percent(split?.high ?? null)}`;
      }),
    ]),
  );
}

function reasonTable(rows: readonly DetectorRow[]): string[] {
  return table(
    ["", ...rows.map(({ name }) => name)],
    Object.keys(rows[0]?.alertDaysByReason ?? {}).map((reason) => [
      reason,
      ...rows.map((row) => plain(2)(row.alertDaysByReason[reason] ?? null)),
    ]),
  );
}

function benignTable(rows: readonly DetectorRow[]): string[] {
  const incidents = Object.keys(rows[0]?.benignIncidents ?? {});
  if (incidents.length === 0) return [];
  const counts = (row: DetectorRow, incident: string) =>
    Object.entries(row.benignIncidents[incident] ?? {})
      .filter(([, count]) => count > 0)
      .map(([severity, count]) => `${severity} ${count}`)
      .join(", ");
  const lines = incidents.map((incident) => [
    incident,
    ...rows.map((row) => counts(row, incident)),
  ]);
  const titles = ["", ...rows.map(({ name }) => name)];
  return ["## False alarms that really happened\n", ...table(titles, lines), ""];
}

function missedList(outcomes: readonly Outcome[]): string[] {
  const incidents = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    if (!learned(outcome) && !trustedOnly(outcome)) continue;
    const name = trustedOnly(outcome)
      ? `${outcome.incident}, known endpoints only`
      : outcome.incident;
    incidents.set(name, [...(incidents.get(name) ?? []), outcome]);
  }
  const lines = [...incidents].flatMap(([name, list]) => {
    const below = list.filter((outcome) => !toldHigh(outcome));
    if (below.length === 0) return [];
    const share = (of: Outcome[]) => percent(of.length / list.length);
    const typical = below[Math.floor(below.length / 2)];
    const why = typical?.codes.join(", ") || "nothing stood out";
    return [
      `- ${name}: told ${share(list.filter(told))}, high ${share(list.filter(toldHigh))} of ${list.length}; ` +
        `below: ${typical?.severity ?? "not told"}, ${typical?.stealthy ? "stealthy" : "process as told"}, ` +
        `${typical?.requestSeen ? "request seen" : "no request seen"} (${why})`,
    ];
  });
  return lines.length > 0 ? lines : ["None."];
}

const listedAlarms = 25;

function alarmList(groups: readonly GroupResult[], main: string): string[] {
  const alarms = new Map<string, number>();
  for (const { detectors } of groups) {
    for (const { reason, codes, count } of detectors[main]?.falseAlarms ?? []) {
      const name = `${reason}: ${codes || "no parts"}`;
      alarms.set(name, (alarms.get(name) ?? 0) + count);
    }
  }
  const sorted = [...alarms].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  const lines = sorted.slice(0, listedAlarms).map(([name, count]) => `- ${count} ${name}`);
  return lines.length > 0 ? lines : ["None."];
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(titles), line(titles.map(() => "---")), ...rows.map(line)];
}
