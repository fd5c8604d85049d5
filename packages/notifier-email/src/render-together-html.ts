import { describeTogether, type Notification, type ToldLine } from "@straycall/core";
import { type Html, html } from "./html.js";
import { mailPage, severityText } from "./mail-page.js";
import { severityColors, styles } from "./mail-style.js";

/** A mail of more lines would be cut by some programs: they show some 100 KB. */
const maxLines = 40;

/** Writes a notification that tells several detections. */
export function renderTogetherHtml(notification: Notification): string {
  const { title, summary, lines, more } = describeTogether(notification, maxLines);
  const left =
    more > 0
      ? html`<p class="muted" style="${styles.text}">... and ${String(more)} more.</p>`
      : undefined;
  const content = html`<h1 style="${styles.title}">${title}</h1>
<p style="${styles.text}">${summary}</p>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="${styles.facts}">
${lines.map(lineRow)}
</table>
${left}`;
  const color = severityColors[notification.detection.severity];
  return mailPage({ title, color, content, footer: "Each of them is told once." });
}

function lineRow({ severity, title, where, link }: ToldLine): Html {
  const shown = link
    ? html`<a class="link" href="${link}" style="${styles.link}">${title}</a>`
    : html`<strong>${title}</strong>`;
  return html`<tr><td class="rule" style="${styles.factValue}"><span style="${styles.smallBadge};background:${severityColors[severity]}">${severityText(severity)}</span><br>${shown}<br><span class="muted" style="${styles.where}">${where}</span></td></tr>
`;
}
