import { describeTogether, type Notification, type ToldLine, visibleText } from "@straycall/core";
import {
  bold,
  context,
  header,
  link,
  maxHeaderLength,
  plain,
  type RichTextSection,
  richText,
  section,
} from "./block-kit.js";
import { escapeMrkdwn, type SlackMessage, severityMarks, severityWord } from "./slack-message.js";

/** Slack refuses about 13,000 characters in all: so many lines of so many characters are well below. */
const maxLines = 20;
const maxTitleLength = 160;
const maxWhereLength = 160;

/** Writes a notification that tells several detections. */
export function renderTogether(notification: Notification): SlackMessage {
  const { title, summary, lines, more } = describeTogether(notification, maxLines);
  const mark = severityMarks[notification.detection.severity];
  const left = more > 0 ? [section(plain(`... and ${more} more.`))] : [];
  return {
    text: escapeMrkdwn(`${mark} ${title}\n${summary}`),
    blocks: [
      header(visibleText(`${mark} ${title}`, maxHeaderLength)),
      richText([section(plain(summary))]),
      richText([
        { type: "rich_text_list", style: "bullet", elements: lines.map(lineSection) },
        ...left,
      ]),
      context(`Straycall delivery ${visibleText(notification.idempotencyKey, 150)}`),
    ],
    unfurl_links: false,
    unfurl_media: false,
  };
}

function lineSection({ severity, title, where, link: url }: ToldLine): RichTextSection {
  const short = visibleText(title, maxTitleLength);
  return section(
    plain(`${severityMarks[severity]} `),
    url ? link(short, url) : bold(short),
    plain(` · ${severityWord(severity)} · ${visibleText(where, maxWhereLength)}`),
  );
}
