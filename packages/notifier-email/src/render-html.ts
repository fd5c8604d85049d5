import {
  describeDetection,
  type Fact,
  type FactName,
  type Notification,
  type Severity,
  visibleText,
  webLink,
} from "@straycall/core";
import { type Html, html } from "./html.js";
import { severityColors, styleSheet, styles } from "./mail-style.js";

/** Shown in a block of their own, above the others. */
const blockFacts: ReadonlySet<FactName> = new Set(["command", "parent"]);

/** Writes a notification as the HTML of a mail: tables and inline styles, light and dark, no images. */
export function renderHtml({ detection, links }: Notification): string {
  const { title, summary, facts, reasons } = describeDetection(detection);
  const color = severityColors[detection.severity];
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
<title>${title}</title>
<style>${{ html: styleSheet }}
</style>
</head>
<body class="page" style="${styles.page}">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>
<td class="outer" align="center" style="${styles.outer}">
<table role="presentation" class="card" width="600" cellpadding="0" cellspacing="0" border="0" style="${styles.card};border-top:4px solid ${color}"><tr>
<td class="content" align="left" style="${styles.content}">
<span style="${styles.badge};background:${color}">${severityText(detection.severity)}</span>
<h1 style="${styles.title}">${title}</h1>
<p style="${styles.text}">${summary}</p>
${reasonList(reasons)}
${facts.filter((fact) => blockFacts.has(fact.name)).map(commandBlock)}
<table width="100%" cellpadding="0" cellspacing="0" border="0" style="${styles.facts}">
${facts.filter((fact) => !blockFacts.has(fact.name)).map(factRow)}
</table>
${buttons(links)}
<p class="muted" style="${styles.footer}">Straycall tells a new endpoint of a job once. Detection ${visibleText(detection.id, 100)}.</p>
</td></tr></table>
</td></tr></table>
</body>
</html>
`;
  return page.html;
}

/** `High severity` */
function severityText(severity: Severity): string {
  return `${severity.charAt(0).toUpperCase()}${severity.slice(1)} severity`;
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
