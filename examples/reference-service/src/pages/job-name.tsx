import { type JobRef, visibleText } from "@straycall/core";

export interface JobNameProps {
  job: JobRef;
  /** Names one of its runs. */
  runId: string;
  href: string;
}

/** A job's run: the job's own name first, then where it is defined. */
export function JobName({ job, runId, href }: JobNameProps) {
  const name = visibleText(job.job, 120);
  return (
    <span class="job">
      <a href={href}>
        {name} <span class="run-id">{visibleText(runId, 60)}</span>
      </a>
      <span class="minor">
        {visibleText(job.repository, 160)} · {visibleText(workflowName(job), 160)}
      </span>
    </span>
  );
}

/** GitHub keeps all workflows in one folder: naming it each time tells nothing. */
function workflowName({ platform, workflow }: JobRef): string {
  return platform === "github" ? workflow.replace(/^\.github\/workflows\//, "") : workflow;
}
