import type { Notification } from "../delivery/notification.js";
import { describeDetection } from "./describe-detection.js";
import { describeTogether } from "./describe-together.js";
import { webLink } from "./web-link.js";

/** Writes a notification as plain text: for a terminal, a log, a text mail. */
export function notificationText(notification: Notification): string {
  return notification.others ? togetherText(notification) : detectionText(notification);
}

function togetherText(notification: Notification): string {
  const { title, summary, lines, more } = describeTogether(notification);
  const told = lines.flatMap(({ severity, title, where, link }) => [
    `[${severity}] ${title}`,
    `  ${where}`,
    ...(link ? [`  ${link}`] : []),
  ]);
  const left = more > 0 ? ["", `... and ${more} more.`] : [];
  return `${[title, "", summary, "", ...told, ...left].join("\n")}\n`;
}

function detectionText({ detection, links, isTest }: Notification): string {
  const { title, summary, facts, reasons } = describeDetection(detection);
  const width = Math.max(...facts.map((fact) => fact.label.length));
  const details = webLink(links.detection);
  const run = webLink(links.run);
  const lines = [`${isTest ? "Test: " : ""}[${detection.severity}] ${title}`, "", summary, ""];
  lines.push(...facts.map((fact) => `${fact.label.padEnd(width)}  ${fact.value}`));
  if (reasons.length > 0) lines.push("", ...reasons.map((reason) => `- ${reason}`));
  if (details || run) lines.push("");
  if (details) lines.push(`Details: ${details}`);
  if (run) lines.push(`Run: ${run}`);
  return `${lines.join("\n")}\n`;
}
