import type { Stage } from "../data/job-timeline.js";
import { actionName } from "../simulation/job-callers.js";

interface Ecosystem {
  tools: readonly string[];
  /** Of an Action that brings such a tool. */
  action: RegExp;
}

const ecosystems = new Map<string, Ecosystem>([
  ["npm", { tools: ["npm", "npx", "yarn", "pnpm", "bun", "node"], action: /node|npm|yarn|bun/i }],
  [
    "pypi",
    {
      tools: ["pip", "pip3", "uv", "poetry", "tox", "twine", "pipenv"],
      action: /python|pypi|-uv\b/i,
    },
  ],
  ["crates.io", { tools: ["cargo"], action: /rust|cargo/i }],
  ["go", { tools: ["go"], action: /setup-go|golang/i }],
  ["maven", { tools: ["mvn", "gradle"], action: /java|maven|gradle/i }],
  ["rubygems", { tools: ["bundle", "gem"], action: /ruby/i }],
  ["nuget", { tools: ["dotnet", "nuget"], action: /dotnet|nuget/i }],
  ["packagist", { tools: ["composer"], action: /php|composer/i }],
]);

/** The known ecosystems in an incident's text, `npm+github-action`: none where any job will do. */
export function ecosystemsOf(text: string): string[] {
  return text.split(/[+,/\s]+/).filter((name) => ecosystems.has(name));
}

/** Whether what an incident needs to run is in a job. */
export function fits(incidentEcosystem: string, stage: Stage): boolean {
  const parts = incidentEcosystem.split(/[+,\s]+/).filter((part) => part !== "");
  const needed = ecosystemsOf(incidentEcosystem);
  // Whatever is no package ecosystem (an Action, a workflow, a script) can be in every job.
  if (needed.length < parts.length || needed.length === 0) return true;
  return needed.some((name) => ecosystemTools(name, stage) !== undefined);
}

/** The tools of an ecosystem that a job has; `undefined` where it has none and no Action brings them. */
export function ecosystemTools(name: string, stage: Stage): string[] | undefined {
  const ecosystem = ecosystems.get(name);
  if (!ecosystem) return undefined;
  const tools = stage.shellTools.filter((tool) => ecosystem.tools.includes(tool));
  if (tools.length > 0) return tools;
  const brought = stage.uses.some((uses) => ecosystem.action.test(actionName(uses)));
  return brought ? ecosystem.tools.slice(0, 1) : undefined;
}
