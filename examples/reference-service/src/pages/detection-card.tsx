import { type Detection, describeDetection } from "@straycall/core";
import { detectionPath } from "../page-links.js";
import { SeverityMark } from "./marks.js";

/** A detection in three lines. */
export function DetectionCard({ detection }: { detection: Detection }) {
  const { title, summary, reasons } = describeDetection(detection);
  return (
    <article class={`card ${detection.kind === "blocked-call" ? "blocked" : "anomalous"}`}>
      <h3>
        <a href={detectionPath(detection.id)}>{title}</a>{" "}
        <SeverityMark severity={detection.severity} />
      </h3>
      <p>{summary}</p>
      {reasons.map((reason) => (
        <p class="minor">{reason}</p>
      ))}
    </article>
  );
}
