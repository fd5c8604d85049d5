import {
  type Call,
  type ProcessRecord,
  type RunKey,
  stepTitle,
  utcTime,
  visibleText,
} from "@straycall/core";
import { processPath } from "../page-links.js";

/** Processes shown of a chain; one that forks without end would fill the page. */
const maxShown = 40;

export interface ProcessChainProps {
  runKey: RunKey;
  /** Who called first, then its parent. */
  chain: readonly ProcessRecord[];
  call: Call;
}

/** The process that made the call below its parents, the first of the run on top. */
export function ProcessChain({ runKey, chain, call }: ProcessChainProps) {
  const shown = chain.slice(0, maxShown);
  const left = chain.length - shown.length;
  return (
    <ol class="chain">
      {left > 0 && <li class="minor">{left} more above</li>}
      {shown.toReversed().map((process) => (
        <ChainLink runKey={runKey} process={process} isCaller={process === chain[0]} />
      ))}
      {chain.length === 0 && (
        <li class="caller">
          <code class="command">{visibleText(call.commandLine || "unknown", 1000)}</code>
          <span class="minor">pid {call.pid}</span>
        </li>
      )}
    </ol>
  );
}

interface ChainLinkProps {
  runKey: RunKey;
  process: ProcessRecord;
  isCaller: boolean;
}

function ChainLink({ runKey, process, isCaller }: ChainLinkProps) {
  const { userName, userId, startedAt, endedAt } = process;
  const facts = [
    process.executable,
    process.workingDirectory && `in ${process.workingDirectory}`,
    (userName ?? userId) !== undefined && `user ${userName ?? userId}`,
    process.step && `step ${stepTitle(process.step)}`,
    process.claimedStep && `names another step: ${stepTitle(process.claimedStep)}`,
    startedAt !== undefined && `from ${utcTime(startedAt)}`,
    endedAt !== undefined && `to ${utcTime(endedAt)}`,
    process.exitCode !== undefined && `ended with ${process.exitCode}`,
  ].filter(Boolean);
  return (
    <li class={isCaller ? "caller" : undefined}>
      <code class="command">
        {visibleText(process.commandLine || process.executable || "unknown", 1000)}
      </code>
      <span class="minor">
        <a href={processPath(runKey, process.entityId)}>pid {process.pid}</a>
        {facts.length > 0 && ` · ${visibleText(facts.join(" · "), 600)}`}
      </span>
    </li>
  );
}
