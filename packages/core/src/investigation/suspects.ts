import type { Detection } from "../detection/detection.js";
import { endpointKey } from "../endpoint/endpoint.js";
import type { ProcessRecord } from "../run/process.js";
import { stepTitle } from "../run/step.js";
import type { ChangedCommit, DependencyChange, Investigation, Suspect } from "./investigation.js";
import { packageOfFolder } from "./package-folder.js";

type Facts = Pick<
  Investigation,
  "step" | "lineage" | "chain" | "before" | "changes" | "requests"
> & {
  detection: Detection;
  /** Packages that are linked instead of installed: by their folder. */
  links: ReadonlyMap<string, string>;
};

/** One with how much speaks for it; only the order is told. */
interface Weighed {
  suspect: Suspect;
  weight: number;
}

const maxChain = 64;
const maxChangedPackages = 5;

/**
 * Who may be why the call was made. First comes what stands both in the process chain and among the changes since the run
 * before, then what stands in one of them; of equals, who is nearest to the call and easiest to change from outside.
 */
export function suspectsOf(facts: Facts): Suspect[] {
  const weighed = [
    ...suspectPackages(facts),
    ...suspectAction(facts),
    ...suspectProgram(facts),
    ...suspectCommits(facts),
  ];
  return weighed.sort((one, other) => other.weight - one.weight).map(({ suspect }) => suspect);
}

function suspectPackages({ chain, lineage, detection, changes, links }: Facts): Weighed[] {
  const named = chain.slice(0, maxChain).map((process) => ({
    process,
    name: packageOfFolder(process) ?? linkedPackage(process, links),
  }));
  const found = named.find(({ name }) => name !== undefined);
  if (found?.name === undefined) return changedPackages(lineage, changes);
  const { process, name } = found;
  const introduced = changesOf(changes, "package", name);
  const evidence = [
    `${commandOf(process)} ran in the package's folder, ${process.workingDirectory}.`,
    ...(lineage === "install-script" ? ["It is the package's own install script."] : []),
    ...(process === chain[0]
      ? [`It made the call to ${endpointKey(detection.endpoint)} itself.`]
      : []),
    ...introduced.map(({ commit, change }) => `${changeText(change)} in ${commitText(commit)}.`),
  ];
  const suspect: Suspect = { kind: "package", name, evidence };
  return [{ suspect, weight: introduced.length > 0 ? 100 : 80 }];
}

/** Where no folder names a package but packages were being installed: those that changed. */
function changedPackages(lineage: Facts["lineage"], changes: Facts["changes"]): Weighed[] {
  if (lineage !== "install-script" && lineage !== "package-manager") return [];
  const changed = (changes?.commits.items ?? []).flatMap((commit) =>
    commit.dependencies.items
      .filter(({ kind, after }) => kind === "package" && after.length > 0)
      .map((change) => ({ commit, change })),
  );
  return changed.slice(0, maxChangedPackages).map(({ commit, change }) => ({
    suspect: {
      kind: "package",
      name: change.name,
      evidence: [
        "Packages were being installed when the call was made.",
        `${changeText(change)} in ${commitText(commit)}.`,
      ],
    },
    weight: 45,
  }));
}

function suspectAction({ step, changes }: Facts): Weighed[] {
  if (step === undefined) return [];
  const how =
    step.source === "environment"
      ? "The process came of the one that the runner started for it."
      : "It was running when the call was made.";
  const { action } = step.step;
  if (action === undefined) {
    const suspect: Suspect = { kind: "step", name: stepTitle(step.step), evidence: [how] };
    return [{ suspect, weight: 40 }];
  }
  const introduced = changesOf(changes, "action", action.name);
  const suspect: Suspect = {
    kind: "action",
    name: action.ref ? `${action.name}@${action.ref}` : action.name,
    evidence: [
      `The call was made in the step that runs it, ${stepTitle(step.step)}. ${how}`,
      ...(isMovable(action.ref)
        ? [
            `${action.ref} is a name that its owner can point at other code: no change here is needed.`,
          ]
        : []),
      ...introduced.map(({ commit, change }) => `${changeText(change)} in ${commitText(commit)}.`),
    ],
  };
  return [{ suspect, weight: introduced.length > 0 ? 75 : 70 }];
}

/** A tag or branch, and no commit: SHA-1 or SHA-256. */
const isMovable = (ref: string | undefined) =>
  ref !== undefined && !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(ref);

function suspectProgram({ chain, detection, requests }: Facts): Weighed[] {
  const [caller] = chain;
  if (caller === undefined) return [];
  const [request] = requests;
  const asked = request ? `: ${request.method} ${request.path}` : "";
  const suspect: Suspect = {
    kind: "program",
    name: commandOf(caller),
    evidence: [`It made the call to ${endpointKey(detection.endpoint)}${asked}.`],
  };
  return [{ suspect, weight: 60 }];
}

function suspectCommits(facts: Facts): Weighed[] {
  const { changes, before, detection, chain, step, links } = facts;
  const { commit: to } = detection.run;
  if (changes === undefined) {
    if (to === undefined || before?.commit === undefined || before.commit === to) return [];
    const evidence = [`It is another than that of the run before, ${before.commit}.`];
    return [{ suspect: { kind: "commit", name: to, evidence }, weight: 20 }];
  }
  const packages = new Set(
    chain.map((process) => packageOfFolder(process) ?? linkedPackage(process, links)),
  );
  return changes.commits.items.flatMap((commit) => {
    const named = commit.dependencies.items.filter(
      ({ kind, name }) =>
        (kind === "package" && packages.has(name)) ||
        (kind === "action" && name === step?.step.action?.name),
    );
    const { items: lines } = commit.lines;
    const evidence = [
      ...named.map((change) => `${changeText(change)}.`),
      ...lines
        .slice(0, 5)
        .map(
          ({ path, line, kind, mentions }) =>
            `It ${kind} a line that mentions ${mentions.join(", ")}: ${path}:${line}.`,
        ),
    ];
    if (evidence.length === 0) return [];
    evidence.unshift(`${commit.author}: ${commit.title}`);
    const suspect: Suspect = { kind: "commit", name: commit.id, evidence };
    return [{ suspect, weight: named.length > 0 ? 90 : 65 }];
  });
}

function changesOf(changes: Facts["changes"], kind: DependencyChange["kind"], name: string) {
  return (changes?.commits.items ?? []).flatMap((commit) =>
    commit.dependencies.items
      .filter((change) => change.kind === kind && change.name === name)
      .map((change) => ({ commit, change })),
  );
}

function changeText({ name, before, after, path }: DependencyChange): string {
  const versions = (list: readonly string[]) => list.join(", ");
  if (before.length === 0) return `${name} ${versions(after)} was added to ${path}`;
  if (after.length === 0) return `${name} ${versions(before)} was removed from ${path}`;
  return `${name} changed from ${versions(before)} to ${versions(after)} in ${path}`;
}

const commitText = ({ id, author }: ChangedCommit) => `commit ${id} by ${author}`;

const commandOf = ({ commandLine, executable, pid }: ProcessRecord) =>
  commandLine || executable || `process ${pid}`;

function linkedPackage(
  { workingDirectory = "" }: ProcessRecord,
  links: ReadonlyMap<string, string>,
): string | undefined {
  for (const [folder, name] of links) {
    if (folder !== "" && workingDirectory.endsWith(`/${folder}`)) return name;
  }
  return undefined;
}
