import { type Investigation, stepTitle, utcTime, visibleText, webLink } from "@straycall/core";
import { runPath } from "../page-links.js";
import { durationText } from "./amounts.js";
import { FactList, type ShownFact } from "./facts.js";

const lineages: Record<Investigation["lineage"], string> = {
  "install-script": "a package's own install script",
  "package-manager": "a package manager",
  downloader: "a program that downloads, or a shell",
  action: "an Action",
  runner: "the runner itself",
  service: "a service of the machine",
  "step-tool": "a tool that the step's script started",
  tool: "a program",
};

/** Which job, run and step, and how sure that is. */
export function StepSection({ found }: { found: Investigation }) {
  const { detection, run, step, lineage, before } = found;
  const url = webLink(run?.url ?? detection.run.url);
  const facts: [string, ShownFact["value"] | undefined][] = [
    ["Job", visibleText(Object.values(detection.job).join(" · "), 500)],
    ["Run", <a href={runPath(detection.run.key)}>{visibleText(detection.run.runId, 120)}</a>],
    [
      "On the platform",
      url && (
        <a href={url} rel="noopener noreferrer nofollow">
          {visibleText(url, 120)}
        </a>
      ),
    ],
    ["Commit", detection.run.commit && <code>{visibleText(detection.run.commit, 128)}</code>],
    ["Step", step ? visibleText(stepTitle(step.step), 300) : "unknown"],
    ["Action", step?.step.action && <code>{actionText(step.step.action)}</code>],
    ["How the step is known", step && sourceText(step.source)],
    [
      "Step ran",
      step &&
        `${utcTime(step.startedAt)}${step.finishedAt === undefined ? "" : `, for ${durationText(step.finishedAt - step.startedAt)}`}`,
    ],
    ["Made by", lineages[lineage]],
    [
      "Run before",
      before && (
        <a href={runPath(before.key)}>
          {visibleText(before.runId, 120)}, {utcTime(before.startedAt)}
        </a>
      ),
    ],
  ];
  return (
    <section>
      <h2 id="step">Which step</h2>
      <FactList facts={facts.flatMap(([label, value]) => (value ? [{ label, value }] : []))} />
      <p>
        <a href={`${runPath(detection.run.key)}/timeline`}>The run's timeline</a>
      </p>
    </section>
  );
}

const actionText = ({ name, ref }: { name: string; ref?: string | undefined }) =>
  visibleText(ref ? `${name}@${ref}` : name, 300);

const sourceText = (source: "environment" | "time") =>
  source === "environment"
    ? "surely: its process came of the one that the runner started for the step"
    : "by time: it was running when the call was made";
