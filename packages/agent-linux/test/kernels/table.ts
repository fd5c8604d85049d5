import type { GuestReport } from "./guest/report.js";

/** Prints what each kernel offers, as a table in Markdown, and the blind spots the agent told of. */
export function printTable(reports: readonly GuestReport[]) {
  const things = new Set(reports.flatMap(({ findings }) => Object.keys(findings)));
  const heads = reports.map(({ kernel, arch }) => `${kernel} (${arch})`);
  const row = (cells: readonly string[]) => console.log(`| ${cells.join(" | ")} |`);
  console.log();
  row(["seen", ...heads]);
  row(Array(reports.length + 1).fill("---"));
  for (const thing of things) {
    row([thing, ...reports.map(({ findings }) => (findings[thing] ? "yes" : "**no**"))]);
  }
  for (const { kernel, arch, blindSpots, refusals } of reports) {
    for (const blindSpot of blindSpots) console.log(`- ${kernel} (${arch}): ${blindSpot}`);
    for (const refusal of refusals) console.log(`\n${kernel} (${arch}) refused ${refusal}`);
  }
}
