import type { Severity } from "@straycall/core";
import type { Block } from "./block-kit.js";

/** What is posted to a channel. */
export interface SlackMessage {
  /** For push notifications, screen readers and clients without blocks. */
  text: string;
  blocks: Block[];
  /** Slack would fetch what a text links to: an attacker's host must not be told that it was found. */
  unfurl_links: false;
  unfurl_media: false;
}

/** Not by colour alone: the word stands next to it. */
export const severityMarks: Record<Severity, string> = {
  info: "⚪",
  low: "🔵",
  medium: "🟡",
  high: "🟠",
  critical: "🔴",
};

export function severityWord(severity: Severity): string {
  return `${severity.charAt(0).toUpperCase()}${severity.slice(1)}`;
}

/**
 * Escapes what Slack reads in a message's plain text: the three characters that begin mentions, links and
 * entities (https://docs.slack.dev/messaging/formatting-message-text#escaping).
 */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
