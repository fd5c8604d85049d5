import { type JobRef, visibleText } from "@straycall/core";

/** A job: its own name first, then where it is defined. */
export function JobName({ job, href }: { job: JobRef; href?: string }) {
  const name = visibleText(job.job, 120);
  return (
    <span class="job">
      {href === undefined ? <strong>{name}</strong> : <a href={href}>{name}</a>}
      <span class="minor">
        {visibleText(job.repository, 160)} · {visibleText(job.workflow, 160)}
      </span>
    </span>
  );
}
