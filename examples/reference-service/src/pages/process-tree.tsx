import { type ProcessRecord, type RunKey, visibleText } from "@straycall/core";
import { processPath } from "../page-links.js";

/** A process in a picture of a tree, and how deep it stands. */
interface Branch {
  process: ProcessRecord;
  depth: number;
}

export interface ProcessTreeProps {
  runKey: RunKey;
  /** In any order; one whose parent is not among them is a root. */
  processes: readonly ProcessRecord[];
  /** Entity id of the process that the page is about. */
  current?: string;
  /** Entity ids of processes that made calls which are told of. */
  anomalous?: ReadonlySet<string>;
  /** There are others. */
  more: boolean;
}

const rowHeight = 26;
const indent = 18;
const maxIndent = 16;
const width = 920;

/** Processes as a picture: each below the one that made it, a link to its page. */
export function ProcessTree(props: ProcessTreeProps) {
  const { runKey, processes, current, anomalous = new Set(), more } = props;
  const branches = branchesOf(processes);
  const height = branches.length * rowHeight + 8;
  const rowOf = new Map(branches.map(({ process }, row) => [process.entityId, row]));
  const x = (depth: number) => 14 + Math.min(depth, maxIndent) * indent;
  const y = (row: number) => row * rowHeight + 17;
  return (
    <>
      <section class="picture" tabindex={0} aria-label="The process tree, a picture">
        <svg viewBox={`0 0 ${width} ${height}`} width={width} height={height} class="tree">
          <title>The process tree</title>
          {branches.map(({ process, depth }, row) => {
            const parent = rowOf.get(process.parentEntityId ?? "");
            return (
              parent !== undefined && (
                <path
                  class="edge"
                  d={`M${x(depth - 1)} ${y(parent) + 5}V${y(row)}H${x(depth) - 5}`}
                />
              )
            );
          })}
          {branches.map(({ process, depth }, row) => (
            <a href={processPath(runKey, process.entityId)} class={markOf(process)}>
              <circle cx={x(depth)} cy={y(row)} r="5" />
              <text x={x(depth) + 12} y={y(row) + 4}>
                {visibleText(labelOf(process), Math.max(24, 110 - 3 * Math.min(depth, maxIndent)))}
              </text>
            </a>
          ))}
        </svg>
      </section>
      {more && <p class="minor">There are more processes than the picture shows.</p>}
    </>
  );

  function markOf({ entityId }: ProcessRecord): string {
    if (anomalous.has(entityId)) return "node anomalous";
    return entityId === current ? "node current" : "node";
  }
}

const labelOf = ({ pid, commandLine, executable }: ProcessRecord) =>
  `${pid} ${commandLine || executable || "unknown"}`;

/** Depth first; of siblings the earliest first. Chains that lead back to themselves end where they do. */
function branchesOf(processes: readonly ProcessRecord[]): Branch[] {
  const known = new Set(processes.map(({ entityId }) => entityId));
  const children = new Map<string | undefined, ProcessRecord[]>();
  for (const process of processes) {
    const { parentEntityId } = process;
    const above =
      parentEntityId !== undefined && known.has(parentEntityId) ? parentEntityId : undefined;
    children.set(above, [...(children.get(above) ?? []), process]);
  }
  const branches: Branch[] = [];
  const left: Branch[] = sorted(children.get(undefined)).map((process) => ({ process, depth: 0 }));
  for (let next = left.shift(); next !== undefined; next = left.shift()) {
    branches.push(next);
    const { process, depth } = next;
    left.unshift(
      ...sorted(children.get(process.entityId)).map((child) => ({
        process: child,
        depth: depth + 1,
      })),
    );
  }
  return branches;
}

const sorted = (processes: readonly ProcessRecord[] = []) =>
  [...processes].sort((one, other) => (one.startedAt ?? 0) - (other.startedAt ?? 0));
