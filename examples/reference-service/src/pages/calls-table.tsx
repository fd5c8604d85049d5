import { type Call, endpointKey, stepTitle, visibleText } from "@straycall/core";
import { detectionPath } from "../page-links.js";
import { bytesText } from "./amounts.js";
import { VerdictMark } from "./marks.js";
import { TimeOfDay } from "./moment.js";

/** A run's outbound calls, the anomalous ones orange. */
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
          <th scope="col" class="number">
            Sent / received
          </th>
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
    <tr class={call.verdict === "anomalous" ? "anomalous" : undefined}>
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
      <td data-label="Process" class="wide">
        <code class="command">{visibleText(call.commandLine || "unknown", 240)}</code>
        <span class="minor">
          pid {call.pid}
          {call.step && ` · ${visibleText(stepTitle(call.step), 120)}`}
        </span>
      </td>
      <td data-label="Request">
        <RequestText call={call} />
      </td>
      <td data-label="Result">
        {call.result ?? "–"}
        {call.error !== undefined && <span class="minor">{visibleText(call.error, 64)}</span>}
      </td>
      <td data-label="Sent / received" class="number digits">
        {amountText(call.bytesOut)}
        <span class="minor">{amountText(call.bytesIn)}</span>
      </td>
    </tr>
  );
}

function RequestText({ call }: { call: Call }) {
  const [first, ...more] = call.http;
  if (first === undefined) return <>{call.transport}</>;
  return (
    <>
      <code class="command">{visibleText(`${first.method} ${first.path}`, 160)}</code>
      {more.length > 0 && <span class="minor">and {more.length} more</span>}
    </>
  );
}

const amountText = (bytes: number | undefined) => (bytes === undefined ? "–" : bytesText(bytes));
