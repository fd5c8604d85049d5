import {
  describeDetection,
  describeTogether,
  type Notification,
  notificationText,
  visibleText,
} from "@straycall/core";
import { renderHtml } from "./render-html.js";

export interface RenderedMail {
  subject: string;
  text: string;
  html: string;
}

/** Writes a notification as a mail. */
export function renderMail(notification: Notification, subjectPrefix: string): RenderedMail {
  return {
    subject: subjectOf(notification, subjectPrefix),
    text: notificationText(notification),
    html: renderHtml(notification),
  };
}

/** `[Straycall] New outbound call: collector.example:8443 (high, acme/shop build)`: one line, never a long one. */
function subjectOf(notification: Notification, prefix: string): string {
  const { detection, others, isTest } = notification;
  if (others) return `${prefix} ${visibleText(describeTogether(notification).title, 200)}`.trim();
  const title = visibleText(describeDetection(detection).title, 100);
  const repository = visibleText(detection.job.repository, 60);
  const job = visibleText(detection.job.job, 40);
  return `${prefix} ${isTest ? "Test: " : ""}${title} (${detection.severity}, ${repository} ${job})`.trim();
}
