import {
  describeDetection,
  type Fact,
  type FactName,
  type Notification,
  visibleText,
  webLink,
} from "@straycall/core";
import {
  type Block,
  bold,
  bulletList,
  code,
  context,
  header,
  link,
  maxHeaderLength,
  plain,
  preformatted,
  type RichTextSection,
  richText,
  section,
} from "./block-kit.js";
import { renderTogether } from "./render-together.js";
import { escapeMrkdwn, type SlackMessage, severityMarks, severityWord } from "./slack-message.js";

/** Shown in a block of their own, above the others. */
const blockFacts: ReadonlySet<FactName> = new Set(["command", "parent"]);

/*
 * Slack refuses a message of more than about 13,000 characters in all (`msg_blocks_too_long`, undocumented), so
 * what a page shows whole is shorter here.
 */
const maxFactLength = 200;
const maxReasonLength = 200;

/** Writes a notification as a Slack message. */
export function renderMessage(notification: Notification): SlackMessage {
  return notification.others ? renderTogether(notification) : renderDetection(notification);
}

function renderDetection({ detection, links, isTest }: Notification): SlackMessage {
  const { title, summary, facts, reasons } = describeDetection(detection);
  const mark = severityMarks[detection.severity];
  const severity = severityWord(detection.severity);
  const shownTitle = isTest ? `Test: ${title}` : title;
  const lineFacts = facts.filter((fact) => !blockFacts.has(fact.name));
  const codeFacts = facts.filter((fact) => blockFacts.has(fact.name));

  const blocks: Block[] = [
    header(visibleText(`${mark} ${shownTitle}`, maxHeaderLength)),
    richText([section(bold(`${severity} severity. `), plain(summary))]),
  ];
  if (reasons.length > 0) {
    const short = reasons.map((reason) => visibleText(reason, maxReasonLength));
    blocks.push(richText([bulletList(short)]));
  }
  if (codeFacts.length > 0) {
    blocks.push(
      richText(codeFacts.flatMap((fact) => [section(bold(fact.label)), preformatted(fact.value)])),
    );
  }
  blocks.push(richText(lineFacts.map(factLine)));
  const pages = linkLine(links);
  if (pages) blocks.push(richText([pages]));
  blocks.push(context(`Straycall detection ${visibleText(detection.id, 100)}`));

  return {
    text: escapeMrkdwn(`${mark} ${severity}: ${shownTitle}\n${summary}`),
    blocks,
    unfurl_links: false,
    unfurl_media: false,
  };
}

function factLine(fact: Fact): RichTextSection {
  const value = visibleText(fact.value, maxFactLength);
  return section(bold(`${fact.label}: `), fact.code ? code(value) : plain(value));
}

/** Links and not buttons: Slack marks a button as broken unless its app answers to the click. */
function linkLine(links: Notification["links"]): RichTextSection | undefined {
  const details = webLink(links.detection);
  const run = webLink(links.run);
  const elements = [
    ...(details ? [link("Show details", details)] : []),
    ...(details && run ? [plain("  ·  ")] : []),
    // The agent may have said where: the reader should see it.
    ...(run ? [link(`Open the run at ${visibleText(new URL(run).host, 100)}`, run)] : []),
  ];
  return elements.length > 0 ? section(...elements) : undefined;
}
