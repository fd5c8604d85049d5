import type { Severity } from "@straycall/core";
import { type Html, html } from "./html.js";
import { styleSheet, styles } from "./mail-style.js";

export interface MailPage {
  title: string;
  /** Of the line above all. */
  color: string;
  content: Html;
  /** A sentence or two in small print. */
  footer: string;
}

/** The HTML of a mail around its content: tables and inline styles, light and dark, no images. */
export function mailPage({ title, color, content, footer }: MailPage): string {
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
${content}
<p class="muted" style="${styles.footer}">${footer}</p>
</td></tr></table>
</td></tr></table>
</body>
</html>
`;
  return page.html;
}

/** `High severity` */
export function severityText(severity: Severity): string {
  return `${severity.charAt(0).toUpperCase()}${severity.slice(1)} severity`;
}
