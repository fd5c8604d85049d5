import type { DependencyChange } from "../investigation.js";
import type { DependencyFile, Versions } from "./dependencies.js";
import { lockfiles } from "./lockfiles.js";
import { workflowFile } from "./workflow-files.js";

const files: readonly DependencyFile[] = [...lockfiles, workflowFile];

/** Whether a file says where code from outside comes from. */
export function isDependencyFile(path: string): boolean {
  return files.some((file) => file.isAt(path));
}

/** What a change of such a file adds, removes or gives another version. Throws if it cannot be read. */
export function dependencyChanges(
  path: string,
  before: string | undefined,
  after: string | undefined,
): DependencyChange[] {
  const file = files.find((each) => each.isAt(path));
  if (file === undefined) return [];
  const read = (text: string | undefined): Versions => (text ? file.read(text) : new Map());
  const [old, now] = [read(before), read(after)];
  const changes: DependencyChange[] = [];
  for (const name of new Set([...now.keys(), ...old.keys()])) {
    const [was, is] = [sorted(old.get(name)), sorted(now.get(name))];
    if (was.join() === is.join()) continue;
    changes.push({ kind: file.kind, path, name, before: was, after: is });
  }
  return changes;
}

const sorted = (versions: ReadonlySet<string> | undefined) => [...(versions ?? [])].sort();
