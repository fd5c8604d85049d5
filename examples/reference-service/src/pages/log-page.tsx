import { type Call, endpointKey, type RunLog, type RunRecord, visibleText } from "@straycall/core";
import { detectionPath, processPath, runPath } from "../page-links.js";
import { countText, durationText } from "./amounts.js";
import { VerdictMark } from "./marks.js";
import { TimeOfDay } from "./moment.js";
import { RunFrame } from "./run-frame.js";

export interface LogPageProps {
  run: RunRecord;
  /** Unset if nobody has it. */
  log: RunLog | undefined;
  /** Why it could not be had. */
  problem: string | undefined;
  /** Index of the first line that is shown. */
  from: number;
  /** Calls that were made between the first and the last line shown, the earliest first. */
  calls: readonly Call[];
  /** There are more calls than are shown. */
  moreCalls: boolean;
  isRecorded: boolean;
}

/** Lines a page shows. */
export const logPageLines = 400;

/** The build log, with the calls between the lines. */
export function LogPage(props: LogPageProps) {
  const { run, log, problem, from, calls, moreCalls, isRecorded } = props;
  const path = `${runPath(run.key)}/log`;
  return (
    <RunFrame run={run} tab="log" isRecorded={isRecorded}>
      <h2>Build log</h2>
      {log === undefined ? (
        <p class="empty">
          {problem === undefined
            ? "The build log is not at hand: no CI platform is set up, or it has none of this run."
            : `The build log could not be read: ${visibleText(problem, 500)}.`}
        </p>
      ) : (
        <>
          <p class="lead">
            {countText(log.lines.length, "line")}. <ClockText log={log} />
            {log.unread > 0 && ` ${countText(log.unread, "more line")} were not read.`}
          </p>
          <LogPager path={path} from={from} total={log.lines.length} />
          <section class="log" tabindex={0} aria-label="Build log">
            <LogLines log={log} from={from} calls={calls} />
          </section>
          {moreCalls && (
            <p class="minor">
              More calls were made meanwhile than are shown here: see the network events.
            </p>
          )}
          <LogPager path={path} from={from} total={log.lines.length} />
        </>
      )}
    </RunFrame>
  );
}

function ClockText({ log: { skewMs, lines } }: { log: RunLog }) {
  if (skewMs === undefined) {
    return lines.some(({ time }) => time !== undefined) ? (
      <>Its clock is taken to agree with the capture agent's: they have no command in common.</>
    ) : (
      <>It tells no times: the calls cannot be placed.</>
    );
  }
  const amount = durationText(Math.abs(skewMs));
  return (
    <>
      {Math.abs(skewMs) < 1_000
        ? "Its clock agrees with the capture agent's."
        : `Its clock is ${amount} ${skewMs > 0 ? "ahead of" : "behind"} the capture agent's; the times here are the agent's.`}
    </>
  );
}

function LogLines({ log, from, calls }: { log: RunLog; from: number; calls: readonly Call[] }) {
  const left = [...calls];
  const shown = log.lines.slice(from, from + logPageLines);
  return (
    <ol start={from + 1}>
      {shown.map(({ text, time }, at) => {
        const due =
          time === undefined
            ? []
            : left.splice(0, left.findLastIndex((call) => call.time < time) + 1);
        return (
          <>
            {due.map((call) => (
              <CallLine call={call} />
            ))}
            <li id={`L${from + at + 1}`} value={from + at + 1}>
              {time !== undefined && <TimeOfDay time={time} />}
              <code>{visibleText(text, 2_000)}</code>
            </li>
          </>
        );
      })}
      {left.map((call) => (
        <CallLine call={call} />
      ))}
    </ol>
  );
}

function CallLine({ call }: { call: Call }) {
  const endpoint = visibleText(endpointKey(call.endpoint), 200);
  const [request] = call.http;
  return (
    <li class={`call ${call.verdict}`}>
      <TimeOfDay time={call.time} />
      <span>
        {call.detectionId === undefined ? (
          <VerdictMark verdict={call.verdict} />
        ) : (
          <a class="plain" href={detectionPath(call.detectionId)}>
            <VerdictMark verdict={call.verdict} />
          </a>
        )}{" "}
        <code>
          {endpoint}
          {request && ` ${visibleText(`${request.method} ${request.path}`, 200)}`}
        </code>{" "}
        <a href={processPath(call.runKey, call.processId)}>pid {call.pid}</a>
      </span>
    </li>
  );
}

function LogPager({ path, from, total }: { path: string; from: number; total: number }) {
  if (total <= logPageLines) return null;
  const last = Math.max(0, Math.ceil(total / logPageLines) - 1) * logPageLines;
  const links: [string, number, boolean][] = [
    ["First lines", 0, from > 0],
    ["Earlier lines", Math.max(0, from - logPageLines), from > 0],
    ["Later lines", from + logPageLines, from + logPageLines < total],
    ["Last lines", last, from < last],
  ];
  return (
    <nav class="pager" aria-label="Lines">
      {links.map(([text, at, isThere]) => isThere && <a href={`${path}?from=${at + 1}`}>{text}</a>)}
    </nav>
  );
}
