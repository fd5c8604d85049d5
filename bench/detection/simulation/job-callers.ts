import type { Step } from "@straycall/core";
import type { Stage } from "../data/job-timeline.js";
import { type Caller, makeCaller, type ProgramStart } from "./caller.js";
import * as programs from "./programs.js";
import { seededRandom } from "./seeded-random.js";

/** Somebody in a job who could make calls. */
export interface Candidate {
  key: string;
  /** The Action or tool that it belongs to; empty for the runner and the machine. */
  source: string;
  kind: "action" | "tool" | "install-script" | "script" | "runner" | "service";
  /** How many of the job's endpoints it calls, against the others. */
  weight: number;
  caller: Caller;
}

/**
 * Shares of the endpoints, by kind of caller. Nothing public measures them: a job's own tools and Actions
 * make most calls, packages' install scripts few.
 */
const weights = { action: 10, tool: 15, "install-script": 1, script: 2, runner: 3, service: 1 };

const stepNames = ["Build", "Test", "Install dependencies", "Lint", "Publish", "Prepare", "Check"];

/** An Action's name without its ref. */
export function actionName(uses: string): string {
  return uses.split("@")[0] ?? uses;
}

/**
 * Everybody in a job who could make calls, from the job's own Actions and shell tools.
 *
 * What kind of Action one is (most run on Node, some are shell scripts, some containers) is drawn by its name,
 * so it is the same in all jobs. `generation` says how often the job's tools were updated.
 */
export function jobCandidates(
  seed: number,
  jobName: string,
  stage: Stage,
  generation: programs.Generation,
): Candidate[] {
  const candidates = new Map<string, Candidate>();
  const add = (
    kind: Candidate["kind"],
    source: string,
    variant: string,
    chain: ProgramStart[],
    step: Step | undefined,
  ) => {
    const key = [kind, source, variant].join(":");
    const caller = makeCaller(key, chain, step);
    candidates.set(key, { key, source, kind, weight: weights[kind], caller });
  };

  for (const uses of stage.uses) {
    const name = actionName(uses);
    const [chain, variant] = actionChain(seed, name, generation);
    add("action", name, variant, chain, actionStep(uses));
  }
  const runSteps = Math.max(1, stage.steps - stage.uses.length);
  const stepOf = (source: string): Step => {
    const number = seededRandom(seed, "step", jobName, source).below(Math.min(runSteps, 6));
    const id = number === 0 ? "__run" : `__run_${number + 1}`;
    return { id, name: stepNames[number] ?? "Run" };
  };
  for (const tool of stage.shellTools) {
    const child = seededRandom(seed, "child", jobName, tool).below(12);
    const step = stepOf(tool);
    const chain = programs.toolChain(tool, generation, child);
    const ofMachine = chain.at(-1)?.executable === programs.systemd().executable;
    if (ofMachine) add("tool", tool, "", chain, undefined);
    else add("tool", tool, "", [...chain, ...stepChain()], step);
    const script = programs.installScriptChain(tool, generation, child);
    if (script) add("install-script", tool, `${child % 3}`, [...script, ...stepChain()], step);
  }
  if (stage.steps > stage.uses.length || candidates.size === 0) {
    add("script", "", "curl", [programs.curl("-fsSL"), ...stepChain()], stepOf("curl"));
    const script = programs.python(generation, ".github/scripts/report.py");
    add("script", "", "python", [script, ...stepChain()], stepOf("python"));
  }
  add("runner", "", "", programs.runnerChain(), undefined);
  const agent = programs.programAt("/opt/runner/hosted-compute-agent", false);
  add("service", "", "agent", [agent, programs.systemd()], undefined);
  return [...candidates.values()];
}

/** What the runner starts for a step that is a script. */
export function stepChain(): ProgramStart[] {
  const script = "/home/runner/work/_temp/4b0f9a.sh";
  return [programs.bash("-e", script), ...programs.runnerChain()];
}

function actionStep(uses: string): Step {
  const [name = uses, ref] = uses.split("@");
  const id = `__${name.replace(/[^a-zA-Z0-9]+/g, "_")}`.slice(0, 256);
  return { id, action: { name, ...(ref ? { ref } : {}) } };
}

function actionChain(
  seed: number,
  name: string,
  generation: programs.Generation,
): [chain: ProgramStart[], variant: string] {
  const random = seededRandom(seed, "action", name);
  const runner = programs.runnerChain();
  const own = (name.split("/")[1] ?? name).replace(/[^a-z0-9]+/gi, "-").toLowerCase() || "action";
  const main = programs.node(generation, `/home/runner/work/_actions/${name}/dist/index.js`);
  // A local Action, and about a fifth of the others, is a list of shell steps.
  const kind = name.startsWith(".") ? "steps" : random.weighted(actionKinds, actionKindShare);
  if (kind === "node") return [[main, ...runner], kind];
  if (kind === "node-child") {
    const children: ProgramStart[][] = [
      [programs.gitRemote(), programs.git("fetch", "origin")],
      [
        programs.programAt(
          `/opt/hostedtoolcache/${own}/1.${generation}.0/x64/${own}`,
          false,
          "run",
        ),
      ],
      [programs.curl("-sSfL"), programs.bash("install.sh")],
    ];
    return [[...random.pick(children), main, ...runner], kind];
  }
  if (kind === "container") {
    const shim = programs.programAt("/usr/bin/containerd-shim-runc-v2", false);
    return [[programs.binary(own), shim, programs.systemd()], kind];
  }
  const inStep = [
    programs.curl("-sSfL"),
    programs.gitRemote(),
    programs.binary(own),
    programs.wget(),
  ];
  return [[random.pick(inStep), programs.bash("-e", "step.sh"), ...runner], kind];
}

const actionKinds = ["node", "node-child", "steps", "container"] as const;
const actionKindShare = (kind: (typeof actionKinds)[number]) =>
  ({ node: 55, "node-child": 17, steps: 18, container: 10 })[kind];

/**
 * Chooses who of the candidates calls a host: the one with the highest of its draws, of which it has as many
 * as its weight (rendezvous hashing). The same in every job of the repository that has the same candidates,
 * and a candidate that comes or goes changes no choice between others.
 */
export function chooseCandidate(
  seed: number,
  repository: string,
  host: string,
  candidates: readonly Candidate[],
  round: string | number = 0,
): Candidate {
  let best: Candidate | undefined;
  let highest = -1;
  for (const candidate of candidates) {
    const random = seededRandom(seed, "caller", repository, host, candidate.key, round);
    for (let draw = 0; draw < candidate.weight; draw += 1) {
      const value = random.next();
      if (value <= highest) continue;
      highest = value;
      best = candidate;
    }
  }
  if (!best) throw new RangeError("nobody to choose from");
  return best;
}
