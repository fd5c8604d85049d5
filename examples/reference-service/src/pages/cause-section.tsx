import { endpointKey, type Investigation, utcTime, visibleText } from "@straycall/core";
import { detectionPath } from "../page-links.js";
import { countText } from "./amounts.js";

const kinds: Record<Investigation["suspects"][number]["kind"], string> = {
  package: "Package",
  action: "Action",
  step: "Step",
  program: "Program",
  commit: "Commit",
};

/** What may be why the call was made, and where else it was seen. */
export function CauseSection({ found }: { found: Investigation }) {
  const { suspects, otherCalls, elsewhere, unknown, before } = found;
  return (
    <section>
      <h2>What may be why</h2>
      <ol class="causes">
        {suspects.map(({ kind, name, evidence }) => (
          <li>
            <strong>{kinds[kind]}</strong> <code>{visibleText(name, 300)}</code>
            {evidence.map((sentence) => (
              <span class="minor">{visibleText(sentence, 500)}</span>
            ))}
          </li>
        ))}
      </ol>
      <p>
        {before
          ? `The run before was ${visibleText(before.runId, 120)}, ${utcTime(before.startedAt)}.`
          : "No run before is known."}{" "}
        {otherCalls.total > 0 &&
          `The same processes made ${countText(otherCalls.total, "other call")}: ${otherCalls.items
            .slice(0, 5)
            .map(({ endpoint }) => visibleText(endpointKey(endpoint), 100))
            .join(", ")}${otherCalls.total > 5 ? ", …" : ""}.`}
      </p>
      {elsewhere.detections.length > 0 && (
        <>
          <h3>The same in other jobs</h3>
          <ul>
            {elsewhere.detections.slice(0, 10).map(({ id, job, status }) => (
              <li>
                <a href={detectionPath(id)}>
                  {visibleText(`${job.repository} · ${job.workflow} · ${job.job}`, 300)}
                </a>{" "}
                <span class="minor">{status}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {unknown.length > 0 && <p class="minor">{unknown.join(" ")}</p>}
    </section>
  );
}
