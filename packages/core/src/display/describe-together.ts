import type { Notification, ToldDetection } from "../delivery/notification.js";
import type { Severity } from "../detection/detection.js";
import { endpointKey } from "../endpoint/endpoint.js";
import { describeDetection } from "./describe-detection.js";
import { visibleText } from "./visible-text.js";
import { webLink } from "./web-link.js";

/** One of several detections, at a glance. */
export interface ToldLine {
  severity: Severity;
  /** As in {@link DetectionDescription}. */
  title: string;
  /** Repository, workflow and job. */
  where: string;
  /** Its page. */
  link?: string;
}

/** Several detections in words, with the same promises as {@link describeDetection}. */
export interface TogetherDescription {
  /** `5 detections in one run of build, acme/shop` */
  title: string;
  /** One sentence that can stand alone. */
  summary: string;
  /** The worst first, at most as many as asked for. */
  lines: ToldLine[];
  /** How many are told by no line. */
  more: number;
}

/** Describes a notification that tells several detections, or might have. */
export function describeTogether(notification: Notification, maxLines = 20): TogetherDescription {
  const { others = [], ...first } = notification;
  const all: ToldDetection[] = [first, ...others];
  return {
    title: titleText(notification, all),
    summary: summaryText(notification, all),
    lines: all.slice(0, maxLines).map(lineOf),
    more: Math.max(0, all.length - maxLines),
  };
}

function lineOf({ detection, links }: ToldDetection): ToldLine {
  const { repository, workflow, job } = detection.job;
  const link = webLink(links.detection);
  return {
    severity: detection.severity,
    title: describeDetection(detection).title,
    where: visibleText(`${repository} · ${workflow} · ${job}`, 300),
    ...(link === undefined ? {} : { link }),
  };
}

function titleText({ together, detection }: Notification, all: readonly ToldDetection[]): string {
  const { job, repository } = detection.job;
  if (together === "fleet") {
    const jobs = countText(new Set(all.map((one) => one.detection.jobKey)).size, "job");
    return `${describeDetection(detection).title} in ${jobs}`;
  }
  const count = countText(all.length, "detection");
  if (together === "digest") return `${count} since the last digest`;
  return `${count} in one run of ${visibleText(`${job}, ${repository}`, 200)}`;
}

function summaryText({ together, detection }: Notification, all: readonly ToldDetection[]): string {
  const worst = `The worst is ${detection.severity}: ${describeDetection(detection).title}.`;
  if (together !== "fleet") return worst;
  const where = visibleText(endpointKey(detection.endpoint), 300);
  const repositories = new Set(all.map((one) => one.detection.job.repository)).size;
  const jobs = new Set(all.map((one) => one.detection.jobKey)).size;
  const spread = `${countText(jobs, "job")} of ${countText(repositories, "repository", "repositories")}`;
  return `${spread} did the same within a short time: ${where}. One cause for all is likely, a shared dependency or a change of the platform.`;
}

function countText(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
