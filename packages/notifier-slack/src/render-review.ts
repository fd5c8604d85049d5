import { type Review, type ReviewNotice, visibleText, webLink } from "@straycall/core";
import { bold, link, plain, richText, section } from "./block-kit.js";
import { escapeMrkdwn, type SlackMessage } from "./slack-message.js";

const done: Record<Review["action"], string> = {
  acknowledge: "acknowledged it",
  resolve: "resolved it",
  reopen: "opened it again",
  suppress: "suppressed it by a rule",
  unsuppress: "ended the rule that suppressed it",
};

/** Writes what became of a detection, for its thread. */
export function renderReview({ review, links }: ReviewNotice): SlackMessage {
  const who = visibleText(review.by, 200);
  const what = `${done[review.action]}.`;
  const note = review.note === undefined ? "" : visibleText(review.note, 1_000);
  const page = webLink(links.detection);
  return {
    text: escapeMrkdwn([`${who} ${what}`, note].filter((part) => part !== "").join(" ")),
    blocks: [
      richText([
        section(
          bold(who),
          plain(` ${what}${note === "" ? "" : ` ${note}`}${page ? " " : ""}`),
          ...(page ? [link("Show details", page)] : []),
        ),
      ]),
    ],
    unfurl_links: false,
    unfurl_media: false,
  };
}
