import { isStraycallError } from "@straycall/core";
import type { BlockPolicy } from "../../block/policy.js";
import { missingSupport, thisMachine } from "../../support.js";
import type { CaptureKind } from "../arguments.js";
import type { CommandScope } from "../command-scope.js";
import { jsonLine } from "../json-line.js";
import type { Terminal } from "../terminal.js";
import { tryBlocking } from "./block-trial.js";
import type { Diagnosis } from "./diagnosis.js";
import { diagnosisText } from "./diagnosis-text.js";
import { type Finding, findingsOf } from "./findings.js";
import { tryCapture } from "./trial.js";

type OpenScope = (kind: CaptureKind, options?: { policy: BlockPolicy }) => CommandScope;

/** All was seen; some was not, or only polling works; nothing can be captured. */
const doctorStatus = { all: 0, some: 1, nothing: 4 } as const;

/** Tells what this machine can capture, by trying to. Answers with the exit status. */
export async function doctor(
  openScope: OpenScope,
  terminal: Terminal,
  { json }: { json: boolean },
): Promise<number> {
  const diagnosis = await diagnose(openScope);
  terminal.print(json ? jsonLine(diagnosis) : diagnosisText(diagnosis));
  if (diagnosis.capture === "none") return doctorStatus.nothing;
  const isSeen = ({ answer }: Finding) => answer === "yes" || answer === "not tried";
  const all = diagnosis.capture === "kernel" && diagnosis.findings.every(isSeen);
  return all ? doctorStatus.all : doctorStatus.some;
}

async function diagnose(openScope: OpenScope): Promise<Diagnosis> {
  const seen = thisMachine();
  const { platform, arch, kernel } = seen;
  const machine = { platform, arch, kernel };
  const refused: Diagnosis["refused"] = {};
  for (const kind of ["kernel", "polling"] as const) {
    try {
      const trial = await tryCapture(openScope(kind));
      const { blindSpots } = trial;
      const found = { machine, capture: kind, refused, findings: findingsOf(trial), blindSpots };
      if (kind === "polling") return found;
      const policy = { allow: [], loopback: false };
      return { ...found, blocking: await tryBlocking(() => openScope(kind, { policy })) };
    } catch (error) {
      if (!isStraycallError(error)) throw error;
      const missing = kind === "kernel" ? missingSupport(seen) : [];
      refused[kind] = missing.length > 0 ? missing : [error.message];
    }
  }
  return { machine, capture: "none", refused, findings: [], blindSpots: [] };
}
