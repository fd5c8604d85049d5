import { type BaselineIndex, habitRuns } from "../baseline/baseline-index.js";
import { countOf } from "../baseline/counts.js";
import type { ScorePart } from "./assessment.js";
import type { Lineage, Observation } from "./observation.js";
import { ratioBits, scorePart } from "./score.js";

/** How such a process came to run, for people. */
export const lineageText: Record<Lineage, string> = {
  "install-script": "a package's own install script",
  "package-manager": "a package manager",
  downloader: "a tool that moves data",
  action: "an Action",
  runner: "the CI runner",
  service: "a service of the machine",
  "step-tool": "a tool that a step runs",
  tool: "a tool that another one runs",
};

/** Of attacks' calls, how many are made by such processes: public incident reports, smoothed. */
export const attackLineages: Record<Lineage, number> = {
  "install-script": 0.35,
  downloader: 0.2,
  "step-tool": 0.14,
  tool: 0.12,
  action: 0.1,
  "package-manager": 0.05,
  service: 0.02,
  runner: 0.02,
};

/** Of new calls that mean no harm; what a job shows of itself soon outweighs it. */
const benignLineages: Record<Lineage, number> = {
  "install-script": 0.05,
  downloader: 0.1,
  "step-tool": 0.2,
  tool: 0.15,
  action: 0.25,
  "package-manager": 0.15,
  service: 0.05,
  runner: 0.05,
};

/** How many endpoints the prior counts for. */
const priorEndpoints = 4;

/** Which share of the job's endpoints such processes call. */
export function lineageShare(lineage: Lineage, { evidence }: BaselineIndex): number {
  const seen = evidence.lineages.get(lineage) ?? 0;
  return (seen + priorEndpoints * benignLineages[lineage]) / (evidence.endpoints + priorEndpoints);
}

export function lineagePart({ lineage }: Observation, index: BaselineIndex): ScorePart {
  const bits = ratioBits(attackLineages[lineage], lineageShare(lineage, index), -2, 4);
  const seen = index.evidence.lineages.get(lineage) ?? 0;
  const habit =
    seen === 0
      ? "which called out in no run so far"
      : `which calls ${seen} of the job's ${index.evidence.endpoints} endpoints`;
  return scorePart(
    "lineage",
    `by-${lineage}`,
    bits,
    `It was called by ${lineageText[lineage]}, ${habit}.`,
  );
}

const newProgramBits = 1;
const knownProgramBits = -0.75;

export function programPart({ program }: Observation, index: BaselineIndex): ScorePart | undefined {
  // In a job that is not known every program is new.
  if (index.runs < habitRuns) return undefined;
  return knowsProgram(program, index)
    ? scorePart(
        "program",
        "known-program",
        knownProgramBits,
        `${program} calls out in other runs too.`,
      )
    : scorePart(
        "program",
        "new-program",
        newProgramBits,
        `${program} never called out in this job before.`,
      );
}

export function knowsProgram(program: string, { baseline }: BaselineIndex): boolean {
  return countOf(baseline?.habits.programs, program) >= habitRuns;
}

const usualPorts = new Map([
  [443, { attack: 0.7, benign: 0.92 }],
  [80, { attack: 0.1, benign: 0.06 }],
  [53, { attack: 0.03, benign: 0.01 }],
  [22, { attack: 0.02, benign: 0.01 }],
]);
const unusualPort = { attack: 0.15, benign: 0.005 };

export function portPart(
  { endpoint: { port } }: Observation,
  { evidence }: BaselineIndex,
): ScorePart {
  const { attack, benign } = usualPorts.get(port) ?? unusualPort;
  const seen = evidence.ports.get(String(port)) ?? 0;
  const share = (seen + priorEndpoints * benign) / (evidence.endpoints + priorEndpoints);
  const bits = ratioBits(attack, share, -0.5, 4);
  return bits > 0
    ? scorePart("port", "unusual-port", bits, `The job seldom calls port ${port}, or never.`)
    : scorePart("port", "usual-port", bits, `The job calls port ${port} of other hosts.`);
}
