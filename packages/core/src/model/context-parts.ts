import { type BaselineIndex, habitRuns } from "../baseline/baseline-index.js";
import { countOf } from "../baseline/counts.js";
import { innerClasses } from "../endpoint/address.js";
import { log2 } from "../math/log2.js";
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

/** Of attacks that run processes of their own, how many call by such ones: public incident reports, smoothed. */
const attackLineages: Record<Lineage, number> = {
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

/** Of attacks, how many run within processes that call anyway: packages and Actions run in steps. */
const hidden = 0.5;
/** The same where the process is the runner's own or a service of the machine. */
const hiddenInPlatform = 0.15;

/**
 * What a lineage weighs that has some chance where the call goes, at most `most`: attacks hide in it, or bring processes
 * of their own.
 */
export function lineageBits(lineage: Lineage, chance: number, most: number): number {
  const attack = attackLineages[lineage];
  const share = lineage === "runner" || lineage === "service" ? hiddenInPlatform : hidden;
  return Math.min(most, log2(share + ((1 - share) * attack) / chance));
}

/** Only what attacks prefer speaks for one, and for little more than attacks in general do. */
function mostOfNew(lineage: Lineage): number {
  const inGeneral = log2(attackLineages[lineage] / benignLineages[lineage]);
  return inGeneral < 0 ? 0 : inGeneral + 0.5;
}

export function lineagePart({ lineage }: Observation, index: BaselineIndex): ScorePart {
  const bits = lineageBits(lineage, lineageShare(lineage, index), mostOfNew(lineage));
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

const newProgramBits = 0.25;
const knownProgramBits = -0.25;

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
  [443, { attack: 0.7, benign: 0.92, most: 0 }],
  [80, { attack: 0.1, benign: 0.06, most: 1 }],
  [53, { attack: 0.03, benign: 0.01, most: 2 }],
  [22, { attack: 0.02, benign: 0.01, most: 2 }],
]);
const unusualPort = { attack: 0.15, benign: 0.005, most: 4 };

export function portPart(
  { endpoint: { port }, addressClass }: Observation,
  { evidence }: BaselineIndex,
): ScorePart | undefined {
  // Service containers and test servers have any port.
  if (innerClasses.has(addressClass)) return undefined;
  const { attack, benign, most } = usualPorts.get(port) ?? unusualPort;
  const seen = evidence.ports.get(String(port)) ?? 0;
  const share = (seen + priorEndpoints * benign) / (evidence.endpoints + priorEndpoints);
  const bits = ratioBits(attack, share, -0.5, most);
  return bits > 0
    ? scorePart("port", "unusual-port", bits, `The job seldom calls port ${port}, or never.`)
    : scorePart("port", "usual-port", bits, `The job calls port ${port} of other hosts.`);
}
