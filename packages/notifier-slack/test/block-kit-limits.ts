import { expect } from "vitest";
import type { Block, PlainText, RichTextBlock } from "../src/block-kit.js";
import type { SlackMessage } from "../src/slack-message.js";

const inlineFields = { text: ["type", "text", "style"], link: ["type", "url", "text"] };

/**
 * Checks a message against Slack's reference, https://docs.slack.dev/reference/block-kit: which blocks and elements
 * there are, what they may hold, how long they may be.
 */
export function expectWithinLimits(message: SlackMessage): void {
  expect(message.text.length).toBeLessThanOrEqual(4_000);
  expect(message.blocks.length).toBeLessThanOrEqual(50);
  // Undocumented: Slack answers msg_blocks_too_long somewhat above 13,000 characters.
  expect(JSON.stringify(message.blocks).length).toBeLessThan(13_000);
  for (const block of message.blocks) expectBlock(block);
}

function expectBlock(block: Block): void {
  if (block.type === "header") {
    expectPlainText(block.text, 150);
    return;
  }
  expect(block.elements.length).toBeGreaterThanOrEqual(1);
  if (block.type === "rich_text") {
    for (const element of block.elements) expectRichText(element);
    return;
  }
  expect(block.type).toBe("context");
  expect(block.elements.length).toBeLessThanOrEqual(10);
  for (const element of block.elements) expectPlainText(element, 3_000);
}

function expectPlainText(text: PlainText, maxLength: number): void {
  expect(text.type).toBe("plain_text");
  expect(text.text.length).toBeGreaterThanOrEqual(1);
  expect(text.text.length).toBeLessThanOrEqual(maxLength);
}

function expectRichText(element: RichTextBlock["elements"][number]): void {
  expect(element.elements.length).toBeGreaterThanOrEqual(1);
  for (const child of element.elements) {
    if (child.type === "rich_text_section") {
      expectRichText(child);
      continue;
    }
    expect(child.text).not.toBe("");
    expect(child.text.isWellFormed()).toBe(true);
    expect(inlineFields[child.type]).toEqual(expect.arrayContaining(Object.keys(child)));
    if (child.type === "link") expect(child.url.length).toBeLessThanOrEqual(3_000);
  }
}
