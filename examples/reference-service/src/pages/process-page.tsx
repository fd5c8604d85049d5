import {
  type Call,
  type Page,
  type ProcessRecord,
  type RunRecord,
  stepTitle,
  utcTime,
  visibleText,
} from "@straycall/core";
import { processPath } from "../page-links.js";
import { durationText } from "./amounts.js";
import { CallsTable } from "./calls-table.js";
import { FactList, type ShownFact } from "./facts.js";
import { Pager } from "./pager.js";
import { ProcessTree } from "./process-tree.js";
import { ProcessesTable } from "./processes-page.js";
import { RunFrame } from "./run-frame.js";

export interface ProcessPageProps {
  run: RunRecord;
  process: ProcessRecord;
  /** Parent first. */
  ancestors: readonly ProcessRecord[];
  children: Page<ProcessRecord>;
  calls: Page<Call>;
  /** What came of it, as many as fit into a picture. */
  family: { items: readonly ProcessRecord[]; more: boolean };
  isRecorded: boolean;
}

/** One process: what it ran, what it made, what it called, and the way up to the runner. */
export function ProcessPage(props: ProcessPageProps) {
  const { run, process, ancestors, children, calls, family, isRecorded } = props;
  const [parent] = ancestors;
  const path = processPath(run.key, process.entityId);
  const anomalous = new Set(
    calls.items.some(({ verdict }) => verdict === "anomalous" || verdict === "blocked")
      ? [process.entityId]
      : [],
  );
  return (
    <RunFrame run={run} tab={undefined} heading={`Process ${process.pid}`} isRecorded={isRecorded}>
      {parent && (
        <p>
          <a href={processPath(run.key, parent.entityId)} rel="up">
            View parent process {parent.pid}
          </a>{" "}
          <code>{visibleText(parent.commandLine || parent.executable || "unknown", 160)}</code>
        </p>
      )}
      <section>
        <h2>Command</h2>
        <pre tabindex={0}>
          <code>{visibleText(process.commandLine || process.executable || "unknown", 20_000)}</code>
        </pre>
        {process.argsTruncated && <p class="minor">Its arguments were cut.</p>}
        {process.args.length > 0 && (
          <details>
            <summary>Each argument</summary>
            <ol class="arguments" start={0}>
              {process.args.slice(0, 500).map((argument) => (
                <li>
                  <code>{visibleText(argument, 4_000)}</code>
                </li>
              ))}
            </ol>
            {process.args.length > 500 && <p class="minor">{process.args.length - 500} more.</p>}
          </details>
        )}
        <FactList facts={factsOf(process)} />
      </section>
      <section>
        <h2>Process tree</h2>
        <ProcessTree
          runKey={run.key}
          processes={[...ancestors, process, ...family.items]}
          current={process.entityId}
          anomalous={anomalous}
          more={family.more}
        />
      </section>
      <section>
        <h2>Outbound calls</h2>
        {calls.items.length > 0 ? (
          <CallsTable calls={calls.items} />
        ) : (
          <p class="empty">It made no outbound call itself.</p>
        )}
        <Pager path={path} next={calls.next} label="Later calls" />
      </section>
      <section>
        <h2>Children</h2>
        {children.items.length > 0 ? (
          <ProcessesTable run={run} processes={children.items} />
        ) : (
          <p class="empty">It made no other process.</p>
        )}
        <Pager path={path} next={children.next} label="Later children" cursor="children" />
      </section>
    </RunFrame>
  );
}

function factsOf(process: ProcessRecord): ShownFact[] {
  const { startedAt, endedAt, exitCode, userId, userName, step, claimedStep } = process;
  const code = (text: string) => <code>{visibleText(text, 4_096)}</code>;
  const facts: [string, ShownFact["value"] | undefined][] = [
    ["PID", String(process.pid)],
    ["Started", startedAt === undefined ? undefined : utcTime(startedAt)],
    ["Ended", endedAt === undefined ? undefined : utcTime(endedAt)],
    [
      "Ran for",
      startedAt === undefined || endedAt === undefined
        ? undefined
        : durationText(endedAt - startedAt),
    ],
    ["Exit code", exitCode === undefined ? undefined : String(exitCode)],
    ["Program", process.executable && code(process.executable)],
    ["Folder", process.workingDirectory && code(process.workingDirectory)],
    [
      "User",
      visibleText([userName, userId].filter((each) => each !== undefined).join(", uid "), 200),
    ],
    ["Cgroup", process.cgroup && code(process.cgroup)],
    ["Container", process.containerId && code(process.containerId)],
    ["Step", step && visibleText(stepTitle(step), 300)],
    [
      "Environment kept",
      step
        ? code(environmentOf(step).join(" "))
        : "nothing: only what names the step is ever stored",
    ],
    ["Names another step", claimedStep && visibleText(stepTitle(claimedStep), 300)],
  ];
  return facts.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

/** The runner's variables that a step is known by. */
function environmentOf({ id, action, job, run }: NonNullable<ProcessRecord["step"]>): string[] {
  const variables = {
    GITHUB_ACTION: id,
    GITHUB_ACTION_REPOSITORY: action?.name,
    GITHUB_ACTION_REF: action?.ref,
    GITHUB_JOB: job,
    GITHUB_RUN_ID: run,
  };
  return Object.entries(variables).flatMap(([name, value]) => (value ? [`${name}=${value}`] : []));
}
