import type { GroupResult, Outcome } from "../replay/group-result.js";
import type { DetectorRow, EvaluationResult } from "./evaluation-result.js";
import { learned, told, toldHigh, trustedOnly } from "./recall.js";

/** What the evaluation found, as Markdown. `main` names the detector whose misses and false alarms are listed. */
export function report(
  result: EvaluationResult,
  groups: readonly GroupResult[],
  main: string,
): string {
  const outcomes = groups.flatMap(({ detectors }) => detectors[main]?.outcomes ?? []);
  return [
    ...aboutData(result),
    "## Detectors\n",
    ...detectorTable(result.detectors),
    "",
    "## Told, and told at high or above, by kind of injection\n",
    ...splitTable(result.detectors),
    "",
    "## Benign alert-days per repository-year, by what was new\n",
    ...reasonTable(result.detectors),
    "",
    ...benignTable(result.detectors),
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

type Column = [
  title: string,
  field: keyof DetectorRow["intervals"],
  text: (value: number | null) => string,
];
const columns: Column[] = [
  ["told", "recallAny", percent],
  ["told high", "recallHigh", percent],
  ["known endpoints only, high", "recallHighTrusted", percent],
  ["first run", "recallFirstRun", percent],
  ["notifications / 1,000 runs", "notificationsPer1000", plain(1)],
  ["high / 1,000 runs", "highPer1000", plain(2)],
  ["alert-days / repository-year", "alertDaysPerRepoYear", plain(2)],
  ["high alert-days / repository-year", "highAlertDaysPerRepoYear", plain(2)],
  ["average precision", "averagePrecision", plain(3)],
  ["ROC AUC", "rocAuc", plain(3)],
  ["delay, runs", "delayRuns", plain(2)],
];

function detectorTable(rows: readonly DetectorRow[]): string[] {
  const titles = ["detector", ...columns.map(([title]) => title), "µs / call", "bytes / job"];
  return table(
    titles,
    rows.map((row) => [
      row.name,
      ...columns.map(([, field, text]) => {
        const [low, high] = row.intervals[field];
        return `${text(row[field])} (${text(low)} to ${text(high)})`;
      }),
      plain(1)(row.microsPerCall),
      plain(0)(row.bytesPerJob),
    ]),
  );
}

function splitTable(rows: readonly DetectorRow[]): string[] {
  const names = Object.keys(rows[0]?.splits ?? {});
  const titles = names.map((name) => `${name} (${rows[0]?.splits[name]?.injections})`);
  return table(
    ["detector", ...titles],
    rows.map((row) => [
      row.name,
      ...names.map((name) => {
        const split = row.splits[name];
        return `${percent(split?.told ?? null)} / ${percent(split?.high ?? null)}`;
      }),
    ]),
  );
}

function reasonTable(rows: readonly DetectorRow[]): string[] {
  const reasons = Object.keys(rows[0]?.alertDaysByReason ?? {});
  return table(
    ["detector", ...reasons],
    rows.map((row) => [
      row.name,
      ...reasons.map((reason) => plain(3)(row.alertDaysByReason[reason] ?? null)),
    ]),
  );
}

function benignTable(rows: readonly DetectorRow[]): string[] {
  const incidents = Object.keys(rows[0]?.benignIncidents ?? {});
  if (incidents.length === 0) return [];
  const lines = rows.map((row) => [
    row.name,
    ...incidents.map((incident) =>
      Object.entries(row.benignIncidents[incident] ?? {})
        .filter(([, count]) => count > 0)
        .map(([severity, count]) => `${severity} ${count}`)
        .join(", "),
    ),
  ]);
  return [
    "## False alarms that really happened\n",
    ...table(["detector", ...incidents], lines),
    "",
  ];
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
