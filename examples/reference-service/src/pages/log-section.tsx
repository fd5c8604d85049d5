import { type Investigation, type ShownLogLine, visibleText } from "@straycall/core";
import { runPath } from "../page-links.js";
import { logPageLines } from "./log-page.js";
import { TimeOfDay } from "./moment.js";

/** What the build log says around the call, and where it mentions it. */
export function LogSection({ found: { log, detection, call } }: { found: Investigation }) {
  const path = `${runPath(detection.run.key)}/log`;
  const lineLink = ({ line }: ShownLogLine) =>
    `${path}?from=${line - ((line - 1) % logPageLines)}#L${line}`;
  if (log === undefined) {
    return (
      <section>
        <h2 id="log">Build log</h2>
        <p class="empty">The build log is not at hand.</p>
      </section>
    );
  }
  const lines = (shown: readonly ShownLogLine[]) =>
    shown.map((line) => (
      <li class={line.mentions.length > 0 ? "mentions" : undefined}>
        <a href={lineLink(line)} class="digits">
          {line.line}
        </a>{" "}
        {line.time !== undefined && <TimeOfDay time={line.time} />}{" "}
        <code>{visibleText(line.text, 2_000)}</code>
      </li>
    ));
  return (
    <section>
      <h2 id="log">Build log</h2>
      {log.before.length + log.after.length > 0 ? (
        <section class="log" tabindex={0} aria-label="Build log around the call">
          <ol class="numbered">
            {lines(log.before)}
            <li class="call anomalous">
              <TimeOfDay time={call.time} /> <strong>The call was made here.</strong>
            </li>
            {lines(log.after)}
          </ol>
        </section>
      ) : (
        <p>The log tells no times: the call cannot be placed in it.</p>
      )}
      {log.mentions.items.length > 0 && (
        <>
          <h3>Lines that mention it</h3>
          <section class="log" tabindex={0} aria-label="Lines that mention the call">
            <ol class="numbered">{lines(log.mentions.items)}</ol>
          </section>
          {log.mentions.more && <p class="minor">The first of more.</p>}
        </>
      )}
      <p>
        <a href={path}>The whole log, with all calls</a>
      </p>
    </section>
  );
}
