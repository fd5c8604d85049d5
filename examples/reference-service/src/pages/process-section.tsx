import { endpointKey, type Investigation, visibleText } from "@straycall/core";
import { processPath, runPath } from "../page-links.js";
import { ProcessChain } from "./process-chain.js";
import { ProcessTree } from "./process-tree.js";

const maxTree = 120;
const maxCalls = 20;

/** Who called, who started that, and what these did besides. */
export function ProcessSection({ found }: { found: Investigation }) {
  const { chain, descendants, otherCalls, call, detection } = found;
  const key = detection.run.key;
  return (
    <section>
      <h2 id="process">Which process</h2>
      <ProcessChain runKey={key} chain={chain} call={call} />
      {chain.length > 0 && (
        <>
          <p>
            <a href={processPath(key, call.processId)}>The process, its arguments and its calls</a>
          </p>
          <h3>As a tree</h3>
          <ProcessTree
            runKey={key}
            processes={[...chain, ...descendants.items.slice(0, maxTree)]}
            anomalous={new Set([call.processId])}
            more={descendants.more || descendants.items.length > maxTree}
          />
        </>
      )}
      {otherCalls.items.length > 0 && (
        <>
          <h3>What these processes called besides</h3>
          <ul>
            {otherCalls.items.slice(0, maxCalls).map((other) => (
              <li>
                <code>{visibleText(endpointKey(other.endpoint), 300)}</code>{" "}
                <a href={processPath(key, other.processId)}>pid {other.pid}</a>{" "}
                <span>{other.verdict}</span>
              </li>
            ))}
          </ul>
          {(otherCalls.more || otherCalls.items.length > maxCalls) && (
            <p class="minor">
              There are more: see the <a href={`${runPath(key)}/network`}>network events</a>.
            </p>
          )}
        </>
      )}
    </section>
  );
}
