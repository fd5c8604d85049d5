import type { SlackMessage } from "../src/slack-message.js";

/** Everything in a message's blocks that a person can read. */
export function textOfMessage(message: SlackMessage): string {
  return message.blocks.map(textOf).join("\n");
}

function textOf(element: unknown): string {
  if (typeof element !== "object" || element === null) return "";
  if ("text" in element && typeof element.text === "string") return element.text;
  if ("text" in element) return textOf(element.text);
  if (!("elements" in element) || !Array.isArray(element.elements)) return "";
  const isLine = "type" in element && element.type === "rich_text_section";
  return element.elements.map(textOf).join(isLine ? "" : "\n");
}
