/*
 * The part of Slack's Block Kit that a notification needs, with Slack's names
 * (https://docs.slack.dev/reference/block-kit).
 *
 * Rich text takes each text as data. Nothing in it is read as mrkdwn, so no hostile text can become a mention, a
 * link or a format, and a command can be copied as it was run.
 */

export interface RichTextText {
  type: "text";
  /** Never empty: Slack refuses the message. */
  text: string;
  style?: { bold?: true; code?: true };
}

export interface RichTextLink {
  type: "link";
  url: string;
  text: string;
}

export interface RichTextSection {
  type: "rich_text_section";
  elements: (RichTextText | RichTextLink)[];
}

export interface RichTextPreformatted {
  type: "rich_text_preformatted";
  elements: RichTextText[];
}

export interface RichTextList {
  type: "rich_text_list";
  style: "bullet";
  elements: RichTextSection[];
}

export interface RichTextBlock {
  type: "rich_text";
  elements: (RichTextSection | RichTextPreformatted | RichTextList)[];
}

export interface PlainText {
  type: "plain_text";
  text: string;
  /** `false`: a text like `:key:` is no picture. */
  emoji: false;
}

export interface HeaderBlock {
  type: "header";
  text: PlainText;
}

export interface ContextBlock {
  type: "context";
  elements: PlainText[];
}

export type Block = HeaderBlock | RichTextBlock | ContextBlock;

/** Longest text of a header block, by Slack's reference. */
export const maxHeaderLength = 150;

export function header(text: string): HeaderBlock {
  return { type: "header", text: plainText(text) };
}

export function context(text: string): ContextBlock {
  return { type: "context", elements: [plainText(text)] };
}

export function richText(elements: RichTextBlock["elements"]): RichTextBlock {
  return { type: "rich_text", elements };
}

export function section(...elements: RichTextSection["elements"]): RichTextSection {
  return { type: "rich_text_section", elements };
}

export function preformatted(text: string): RichTextPreformatted {
  return { type: "rich_text_preformatted", elements: [plain(text)] };
}

export function bulletList(items: readonly string[]): RichTextList {
  return {
    type: "rich_text_list",
    style: "bullet",
    elements: items.map((item) => section(plain(item))),
  };
}

export function plain(text: string): RichTextText {
  return { type: "text", text };
}

export function bold(text: string): RichTextText {
  return { type: "text", text, style: { bold: true } };
}

export function code(text: string): RichTextText {
  return { type: "text", text, style: { code: true } };
}

export function link(text: string, url: string): RichTextLink {
  return { type: "link", url, text };
}

function plainText(text: string): PlainText {
  return { type: "plain_text", text, emoji: false };
}
