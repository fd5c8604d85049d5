import { type Evidence, type ProcessRecord, stepTitle, visibleText } from "@straycall/core";

/** Processes shown of a chain; one that forks without end would fill the page. */
const maxShown = 40;

/** The process that made the call below its parents, the first of the run on top. */
export function ProcessChain({ evidence }: { evidence: Evidence }) {
  const { call, process, ancestors } = evidence;
  const shown = ancestors.slice(0, maxShown).reverse();
  const left = ancestors.length - shown.length;
  return (
    <ol class="chain">
      {left > 0 && <li class="minor">{left} more above</li>}
      {shown.map((ancestor) => (
        <ChainLink process={ancestor} />
      ))}
      {process ? (
        <ChainLink process={process} isCaller />
      ) : (
        <li class="caller">
          <code class="command">{visibleText(call.commandLine || "unknown", 1000)}</code>
          <span class="minor">pid {call.pid}</span>
        </li>
      )}
    </ol>
  );
}

function ChainLink({ process, isCaller }: { process: ProcessRecord; isCaller?: boolean }) {
  const facts = [
    `pid ${process.pid}`,
    process.executable,
    process.workingDirectory && `in ${process.workingDirectory}`,
    process.step && `step ${stepTitle(process.step)}`,
    process.claimedStep && `names another step: ${stepTitle(process.claimedStep)}`,
    process.exitCode !== undefined && `ended with ${process.exitCode}`,
  ].filter(Boolean);
  return (
    <li class={isCaller ? "caller" : undefined}>
      <code class="command">
        {visibleText(process.commandLine || process.executable || "unknown", 1000)}
      </code>
      <span class="minor">{visibleText(facts.join(" · "), 600)}</span>
    </li>
  );
}
