import { type RunRecord, visibleText } from "@straycall/core";
import type { PropsWithChildren } from "hono/jsx";
import { baselinePath, runPath } from "../page-links.js";
import { Layout } from "./layout.js";
import { DetectedCallsMarks, RecordingMark } from "./marks.js";

const tabs = {
  summary: { path: "", text: "Summary" },
  network: { path: "/network", text: "Network events" },
  processes: { path: "/processes", text: "Process events" },
  timeline: { path: "/timeline", text: "Timeline" },
  log: { path: "/log", text: "Build log" },
} as const;

export type RunTab = keyof typeof tabs;

export interface RunFrameProps {
  run: RunRecord;
  tab: RunTab | undefined;
  isRecorded: boolean;
  /** Of the page, if it is none of the tabs. */
  heading?: string;
}

/** What every page of a run has around it: its name, its marks, and the way to the other pages. */
export function RunFrame(props: PropsWithChildren<RunFrameProps>) {
  const { run, tab, isRecorded, heading, children } = props;
  const attempt = run.attempt > 1 ? `, attempt ${run.attempt}` : "";
  const title = `${visibleText(run.job.job, 120)}, run ${visibleText(run.runId, 120)}${attempt}`;
  const path = runPath(run.key);
  return (
    <Layout title={heading ?? (tab ? `${title}: ${tabs[tab].text}` : title)} section="runs">
      <p class="crumb">
        <a href="/">Runs</a> /{" "}
        <a href={baselinePath(run.jobKey)}>
          {visibleText(run.job.repository, 160)} / {visibleText(run.job.workflow, 160)}
        </a>
        {heading && (
          <>
            {" "}
            / <a href={path}>{title}</a>
          </>
        )}
      </p>
      <h1>{heading ?? title}</h1>
      <p class="marks">
        <DetectedCallsMarks counts={run.counts} />
        {isRecorded && <RecordingMark />}
      </p>
      <nav class="tabs" aria-label="Run">
        {Object.entries(tabs).map(([name, each]) => (
          <a href={path + each.path} aria-current={name === tab ? "page" : undefined}>
            {each.text}
          </a>
        ))}
      </nav>
      {children}
    </Layout>
  );
}
