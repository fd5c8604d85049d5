import { type Call, endpointKey, stepTitle, visibleText } from "@straycall/core";
import { detectionPath, processPath } from "../page-links.js";
import { bytesText } from "./amounts.js";
import { VerdictMark } from "./marks.js";
import { TimeOfDay } from "./moment.js";

/** A run's outbound calls, the anomalous ones orange, the blocked ones red. */
export function CallsTable({ calls }: { calls: readonly Call[] }) {
  return (
    <table class="list calls">
      <thead>
        <tr>
          <th scope="col">Time (UTC)</th>
          <th scope="col">Endpoint</th>
          <th scope="col">Verdict</th>
          <th scope="col">Process</th>
          <th scope="col">Request</th>
          <th scope="col">Result</th>
        </tr>
      </thead>
      <tbody>
        {calls.map((call) => (
          <CallRow call={call} />
        ))}
      </tbody>
    </table>
  );
}

function CallRow({ call }: { call: Call }) {
  return (
    <tr class={call.verdict}>
      <td data-label="Time (UTC)">
        <TimeOfDay time={call.time} />
      </td>
      <th scope="row">
        <code>{visibleText(endpointKey(call.endpoint), 300)}</code>
        {call.ip !== undefined && call.ip !== call.endpoint.host && (
          <span class="minor digits">{call.ip}</span>
        )}
      </th>
      <td data-label="Verdict">
        {call.detectionId === undefined ? (
          <VerdictMark verdict={call.verdict} />
        ) : (
          <a class="plain" href={detectionPath(call.detectionId)}>
            <VerdictMark verdict={call.verdict} />
          </a>
        )}
      </td>
      <td data-label="Process">
        <code class="command">{visibleText(call.commandLine || "unknown", 240)}</code>
        <span class="minor">
          <a href={processPath(call.runKey, call.processId)}>pid {call.pid}</a>
          {call.step && ` · ${visibleText(stepTitle(call.step), 120)}`}
        </span>
      </td>
      <td data-label="Request">
        <RequestText call={call} />
      </td>
      <td data-label="Result">
        {call.result ?? "–"}
        {call.error !== undefined && ` (${visibleText(call.error, 64)})`}
        <AmountText call={call} />
      </td>
    </tr>
  );
}

function RequestText({ call }: { call: Call }) {
  const [first, ...more] = call.http;
  if (first === undefined) return <QuestionText call={call} />;
  return (
    <>
      <code class="command">{visibleText(`${first.method} ${first.path}`, 160)}</code>
      {first.status !== undefined && <span class="minor">answered {first.status}</span>}
      {more.length > 0 && <span class="minor">and {more.length} more</span>}
    </>
  );
}

/** What a resolver was asked on the call. */
function QuestionText({ call: { questions, transport } }: { call: Call }) {
  const [first] = questions?.asked ?? [];
  if (questions === undefined || first === undefined) return <>{transport}</>;
  const { name, type = "" } = first;
  return (
    <>
      <code class="command">{visibleText(`${type} ${name}`.trim(), 160)}</code>
      <span class="minor">asked by {transport}</span>
      {questions.count > 1 && <span class="minor">and {questions.count - 1} more</span>}
    </>
  );
}

function AmountText({ call: { bytesOut, bytesIn } }: { call: Call }) {
  if (bytesOut === undefined && bytesIn === undefined) return null;
  return (
    <span class="minor digits">
      {bytesText(bytesOut ?? 0)} out, {bytesText(bytesIn ?? 0)} in
    </span>
  );
}
