import type { Detection } from "../detection/detection.js";
import { endpointKey } from "../endpoint/endpoint.js";
import type { ProcessRecord } from "../run/process.js";
import { stepTitle } from "../run/step.js";
import type { Investigation, Suspect } from "./investigation.js";

type Facts = Pick<Investigation, "step" | "lineage" | "chain" | "before"> & {
  detection: Detection;
};

const maxChain = 64;

/** Who may be why the call was made, the likeliest first: who is nearest to the call and easiest to change from outside. */
export function suspectsOf(facts: Facts): Suspect[] {
  const { step, chain, lineage, detection, before } = facts;
  const suspects: Suspect[] = [];
  const [caller] = chain;
  const where = endpointKey(detection.endpoint);
  const inPackage = chain.slice(0, maxChain).find((process) => packageOf(process) !== undefined);
  if (inPackage) {
    const { commandLine, workingDirectory = "" } = inPackage;
    suspects.push({
      kind: "package",
      name: packageOf(inPackage) ?? "",
      evidence: [
        `${commandLine || inPackage.executable} ran in the package's folder, ${workingDirectory}.`,
        ...(lineage === "install-script" ? ["It is the package's own install script."] : []),
        ...(inPackage === caller ? [`It made the call to ${where} itself.`] : []),
      ],
    });
  }
  const action = step?.step.action;
  if (action) {
    suspects.push({
      kind: "action",
      name: action.ref ? `${action.name}@${action.ref}` : action.name,
      evidence: [`The call was made in the step that runs it, ${stepTitle(step.step)}.`],
    });
  } else if (step) {
    const how =
      step.source === "environment"
        ? "The process came of the one that the runner started for it."
        : "It was running when the call was made.";
    suspects.push({ kind: "step", name: stepTitle(step.step), evidence: [how] });
  }
  if (caller) {
    suspects.push({
      kind: "program",
      name: caller.commandLine || caller.executable || `process ${caller.pid}`,
      evidence: [`It made the call to ${where}.`],
    });
  }
  const { commit } = detection.run;
  if (commit !== undefined && before?.commit !== undefined && before.commit !== commit) {
    suspects.push({
      kind: "commit",
      name: commit,
      evidence: [`It is another than that of the run before, ${before.commit}.`],
    });
  }
  return suspects;
}

/**
 * The package whose folder a process runs in: the last one on the way, of npm (`node_modules/@scope/name`), pip
 * (`site-packages/name`), or RubyGems (`gems/name-1.0`).
 */
function packageOf({ workingDirectory }: ProcessRecord): string | undefined {
  if (workingDirectory === undefined) return undefined;
  const patterns = [
    /\/node_modules\/((?:@[^/]+\/)?[^/@.][^/]*)(?!.*\/node_modules\/)/,
    /\/(?:site|dist)-packages\/([^/]+)/,
    /\/gems\/([^/]+-\d[^/]*)/,
  ];
  for (const pattern of patterns) {
    const name = pattern.exec(workingDirectory.slice(0, 4_096))?.[1];
    if (name !== undefined) return name;
  }
  return undefined;
}
