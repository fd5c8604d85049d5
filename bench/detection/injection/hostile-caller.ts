import type { Step } from "@straycall/core";
import type { Stage } from "../data/job-timeline.js";
import type { Incident } from "../data/read-incidents.js";
import { type Caller, makeCaller, type ProgramStart } from "../simulation/caller.js";
import { actionName, stepChain } from "../simulation/job-callers.js";
import * as programs from "../simulation/programs.js";
import type { SeededRandom } from "../simulation/seeded-random.js";
import type { SimulatedRun } from "../simulation/simulated-run.js";
import { ecosystemsOf, ecosystemTools } from "./ecosystem.js";
import { type ProcessLevel, readProcessText } from "./process-text.js";

const managers = new Set(["npm", "yarn", "pnpm", "npx", "pip", "pip3", "uv", "poetry", "cargo"]);

/** The caller of one of an incident's calls as its process text tells, what it leaves out filled in. */
export function hostileCaller(
  random: SeededRandom,
  incident: Incident,
  processText: string,
  stage: Stage,
): Caller {
  const levels = readProcessText(processText);
  const told = levels.flatMap((level) => startOf(random, level));
  const ecosystem = random.pick([...ecosystemsOf(incident.ecosystem), ""].slice(0, 1));
  const chain = told.length > 0 ? told : [defaultProgram(ecosystem)];
  const manager = managerIn(levels) ?? ecosystemTools(ecosystem, stage)?.[0];

  if (ecosystem && manager) {
    const atInstall = installs(processText) || random.chance(0.5);
    const above = managerIn(levels) ? [] : atInstall ? installAncestors(manager, ecosystem) : [];
    const step: Step = { id: "__run", name: "Install dependencies" };
    return makeCaller("hostile", [...chain, ...above, ...stepChain()], step);
  }
  const uses =
    incident.ecosystem.includes("action") && stage.uses.length > 0
      ? random.pick(stage.uses)
      : undefined;
  if (uses) {
    const [name = uses, ref] = uses.split("@");
    const id = `__${actionName(uses).replace(/[^a-zA-Z0-9]+/g, "_")}`;
    const step: Step = { id, action: { name, ...(ref ? { ref } : {}) } };
    const entry = chain.length > 1 ? [] : [programs.bash("-e", "entrypoint.sh")];
    return makeCaller("hostile", [...chain, ...entry, ...programs.runnerChain()], step);
  }
  const step: Step = { id: `__run_${2 + random.below(4)}`, name: random.pick(["Build", "Check"]) };
  return makeCaller("hostile", [...chain, ...stepChain()], step);
}

/**
 * A caller that already makes calls in this run, in whose process and step the hostile code runs: one of the job's
 * steps, for that is where packages and Actions run, and one that speaks the incident's language where there is one.
 */
export function stealthyCaller(
  random: SeededRandom,
  incident: Incident,
  run: SimulatedRun,
): Caller | undefined {
  const callers = run.calls.map(({ caller }) => caller);
  const language = languageOf(ecosystemsOf(incident.ecosystem)[0]);
  const inSteps = callers.filter(({ step }) => step !== undefined);
  const sameLanguage = inSteps.filter(({ process }) => process.executable?.includes(language));
  const among = [sameLanguage, inSteps, callers].find((list) => list.length > 0);
  return among ? random.pick(among) : undefined;
}

const languageOf = (ecosystem: string | undefined) =>
  ({ npm: "/node", pypi: "/python", "crates.io": "/cargo" })[ecosystem ?? ""] ?? "/bin/";

const installs = (text: string) => /install|setup|build/i.test(text);

function managerIn(levels: readonly ProcessLevel[]): string | undefined {
  return levels
    .flatMap(({ alternatives }) => alternatives.map(([program = ""]) => program))
    .find((program) => managers.has(program));
}

function installAncestors(manager: string, ecosystem: string): ProgramStart[] {
  const above = programs.toolChain(manager, 0, 0);
  return ecosystem === "npm" ? [programs.shell("-c", "node setup.js"), ...above] : above;
}

function defaultProgram(ecosystem: string): ProgramStart {
  if (ecosystem === "npm") return programs.node(0, "index.js");
  if (ecosystem === "pypi") return programs.python(0, "-c", "import app");
  if (ecosystem === "crates.io") return named(["build-script-build"]);
  return programs.curl("-sS");
}

function startOf(random: SeededRandom, level: ProcessLevel): ProgramStart[] {
  const words = random.pick(level.alternatives);
  const [program = ""] = words;
  // A package manager runs a package's script through a shell.
  if (program === "npm" && /^(pre|post)?install$/.test(words[1] ?? "")) {
    const script = programs.shell("-c", "node setup.js");
    return words[1] === "install" && words.length > 2
      ? programs.toolChain("npm", 0, 0)
      : [script, ...programs.toolChain("npm", 0, 0)];
  }
  return [named(words)];
}

/** A program by the name people call it. */
function named([program = "payload", ...args]: readonly string[]): ProgramStart {
  const name = program.slice(program.lastIndexOf("/") + 1) || "payload";
  if (name === "node") return programs.node(0, ...args);
  if (/^python[\d.]*$/.test(name)) return programs.python(0, ...args);
  if (name === "bash") return programs.bash(...args);
  if (name === "sh") return programs.shell(...args);
  if (name === "curl") return programs.curl("-s", ...args);
  if (name === "wget") return programs.wget("-q", ...args);
  if (name === "git") return programs.git(...args);
  if (name.endsWith(".sh")) return programs.bash(name);
  if (managers.has(name) || name === "go" || name === "docker") {
    return programs.toolChain(name, 0, 0)[0] ?? programs.binary(name);
  }
  if (name === "build-script-build") {
    const folder = "/home/runner/work/app/app/target/debug/build/dep-81ac";
    return programs.programAt(`${folder}/${name}`, true, ...args);
  }
  if (/^(bun|deno|gh|java)$/.test(name)) return programs.binary(name, ...args);
  return programs.programAt(`/tmp/${name}`, false, ...args);
}
