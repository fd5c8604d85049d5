import { type Investigation, utcTime, visibleText, webLink } from "@straycall/core";
import { destinationPath, detectionPath } from "../page-links.js";
import { countText } from "./amounts.js";
import { SeverityMark } from "./marks.js";

/** Who else calls the host, and where else it is mentioned. */
export function ElsewhereSection({ found }: { found: Investigation }) {
  const { elsewhere, detection } = found;
  const { callers, detections, mentions } = elsewhere;
  const { jobs, repositories, since } = callers.host;
  return (
    <section>
      <h2 id="elsewhere">Where else</h2>
      <p>
        {jobs + repositories === 0
          ? "No other job of this store is known to call this host."
          : `It is called by ${countText(jobs, "other job")} of this repository and by ${countText(repositories, "other repository", "other repositories")}${since === undefined ? "" : `, since ${utcTime(since)}`}.`}{" "}
        <a href={destinationPath(detection.endpoint.host)}>Who calls it</a>
      </p>
      {detections.items.length > 0 && (
        <>
          <h3>The same in other jobs</h3>
          <ul>
            {detections.items.map(({ id, job, status, severity }) => (
              <li>
                <a href={detectionPath(id)}>
                  {visibleText(`${job.repository} · ${job.workflow} · ${job.job}`, 300)}
                </a>{" "}
                <SeverityMark severity={severity} /> {status}
              </li>
            ))}
          </ul>
          {detections.more && <p class="minor">The last of more.</p>}
        </>
      )}
      {mentions.items.length > 0 && (
        <>
          <h3>Mentioned in the source</h3>
          <ul>
            {mentions.items.map(({ repository, path, line, text, url }) => {
              const place = visibleText(
                `${repository}: ${path}${line === undefined ? "" : `:${line}`}`,
                400,
              );
              const link = webLink(url);
              return (
                <li>
                  {link ? (
                    <a href={link} rel="noopener noreferrer nofollow">
                      {place}
                    </a>
                  ) : (
                    place
                  )}
                  {text && (
                    <span class="minor">
                      <code>{visibleText(text, 300)}</code>
                    </span>
                  )}
                </li>
              );
            })}
          </ul>
          {mentions.more && <p class="minor">The first of more.</p>}
        </>
      )}
    </section>
  );
}
