import {
  describeDetection,
  type Fact,
  type FactName,
  type Notification,
  visibleText,
  webLink,
} from "@straycall/core";
import { type Html, html } from "./html.js";
import { mailPage, severityText } from "./mail-page.js";
import { severityColors, styles } from "./mail-style.js";
import { renderTogetherHtml } from "./render-together-html.js";

/** Shown in a block of their own, above the others. */
const blockFacts: ReadonlySet<FactName> = new Set(["command", "parent"]);

/** Writes a notification as the HTML of a mail. */
export function renderHtml(notification: Notification): string {
  return notification.others ? renderTogetherHtml(notification) : renderDetection(notification);
}

function renderDetection({ detection, links, isTest }: Notification): string {
  const { title: told, summary, facts, reasons } = describeDetection(detection);
  const title = isTest ? `Test: ${told}` : told;
  const color = severityColors[detection.severity];
  const content = html`<span style="${styles.badge};background:${color}">${severityText(detection.severity)}</span>
<h1 style="${styles.title}">${title}</h1>
<p style="${styles.text}">${summary}</p>
${reasonList(reasons)}
${facts.filter((fact) => blockFacts.has(fact.name)).map(commandBlock)}
<table width="100%" cellpadding="0" cellspacing="0" border="0" style="${styles.facts}">
${facts.filter((fact) => !blockFacts.has(fact.name)).map(factRow)}
</table>
${buttons(links)}`;
  const id = visibleText(detection.id, 100);
  const footer = `Straycall tells a new endpoint of a job once. Detection ${id}.`;
  return mailPage({ title, color, content, footer });
}

function reasonList(reasons: readonly string[]): Html | undefined {
  if (reasons.length === 0) return undefined;
  const items = reasons.map((reason) => html`<li style="${styles.reason}">${reason}</li>\n`);
  return html`<ul style="${styles.reasons}">\n${items}</ul>`;
}

function commandBlock({ label, value }: Fact): Html {
  return html`<p class="muted" style="${styles.label}">${label}</p>
<div class="command" style="${styles.command}">${value}</div>
`;
}

function factRow({ label, value, code }: Fact): Html {
  const shown = code ? html`<span style="${styles.code}">${value}</span>` : value;
  return html`<tr><th scope="row" class="label muted rule" style="${styles.factLabel}">${label}</th><td class="value rule" style="${styles.factValue}">${shown}</td></tr>
`;
}

function buttons(links: Notification["links"]): Html | undefined {
  const details = webLink(links.detection);
  const run = webLink(links.run);
  if (!details && !run) return undefined;
  return html`<div>${details && button("primary", "Show details", details)}
${run && button("secondary", `Open the run at ${visibleText(new URL(run).host, 60)}`, run)}</div>`;
}

function button(look: "primary" | "secondary", text: string, url: string): Html {
  const style = `${styles.button};${styles[look]}`;
  return html`<a class="button ${look}" href="${url}" style="${style}">${text}</a>`;
}
