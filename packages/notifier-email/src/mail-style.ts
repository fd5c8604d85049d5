import type { Severity } from "@straycall/core";

/*
 * Mail programs keep inline styles, so those are the light design and complete. The style sheet is for the
 * programs that know media queries: it darkens and narrows, by class, what the inline styles set.
 */

/** White text on each has a contrast of 5:1 or more, on both designs. */
export const severityColors: Record<Severity, string> = {
  info: "#475569",
  low: "#1d4ed8",
  medium: "#a14a07",
  high: "#c2410c",
  critical: "#b91c1c",
};

const sans = "-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const mono = "ui-monospace,SFMono-Regular,Menlo,Consolas,'Liberation Mono',monospace";
/** Hostile names have no spaces to break at; `word-break` is for programs that do not know the other. */
const breakAnywhere = "overflow-wrap:anywhere;word-break:break-word";

export const styles = {
  page: "margin:0;padding:0;background:#f3f4f6",
  outer: "padding:24px 12px",
  card: `width:100%;max-width:600px;background:#ffffff;border:1px solid #dfe3e8;border-radius:8px;font:15px/1.5 ${sans};color:#1b1f24`,
  content: "padding:24px",
  badge:
    "display:inline-block;padding:2px 10px;border-radius:10px;font-size:12px;line-height:18px;font-weight:600;color:#ffffff",
  smallBadge:
    "display:inline-block;margin:0 0 2px;padding:0 8px;border-radius:8px;font-size:11px;line-height:16px;font-weight:600;color:#ffffff",
  link: `color:#0b57d0;font-weight:600;${breakAnywhere}`,
  where: `font-size:13px;color:#59636e;${breakAnywhere}`,
  title: `margin:12px 0 8px;font-size:20px;line-height:1.3;font-weight:600;${breakAnywhere}`,
  text: `margin:0 0 12px;${breakAnywhere}`,
  reasons: "margin:0 0 20px;padding:0 0 0 20px",
  reason: `margin:0 0 4px;${breakAnywhere}`,
  label: "margin:0 0 4px;font-size:13px;color:#59636e",
  command: `margin:0 0 16px;padding:10px 12px;background:#f3f4f6;border-radius:6px;font:13px/1.5 ${mono};color:#1b1f24;white-space:pre-wrap;${breakAnywhere}`,
  facts: "width:100%;border-collapse:collapse;margin:0 0 20px",
  factLabel:
    "width:110px;padding:7px 12px 7px 0;border-top:1px solid #e8ebef;font-size:13px;color:#59636e;text-align:left;font-weight:400;vertical-align:top",
  factValue: `padding:6px 0;border-top:1px solid #e8ebef;vertical-align:top;${breakAnywhere}`,
  code: `font:13px/1.5 ${mono}`,
  button:
    "display:inline-block;margin:0 8px 8px 0;padding:9px 18px;border:1px solid #1b1f24;border-radius:6px;font-weight:600;text-decoration:none",
  primary: "background:#1b1f24;color:#ffffff",
  secondary: "background:#ffffff;color:#1b1f24",
  footer: "margin:12px 0 0;font-size:12px;line-height:1.5;color:#59636e",
};

export const styleSheet = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 480px) {
  .outer { padding: 0 !important; }
  .card { border-width: 4px 0 0 !important; border-radius: 0 !important; }
  .content { padding: 20px 16px !important; }
  .label, .value { display: block !important; width: auto !important; padding-right: 0 !important; }
  .label { padding-bottom: 0 !important; }
  .value { padding-top: 0 !important; border-top-width: 0 !important; }
  .button { display: block !important; margin-right: 0 !important; text-align: center !important; }
}
@media (prefers-color-scheme: dark) {
  .page, .outer { background: #0e1116 !important; }
  .card { background: #171b21 !important; color: #e6e9ed !important; }
  .card { border-left-color: #2c333c !important; border-right-color: #2c333c !important; border-bottom-color: #2c333c !important; }
  .muted { color: #a0aab5 !important; }
  .link { color: #8ab4f8 !important; }
  .command { background: #0e1116 !important; color: #e6e9ed !important; }
  .rule { border-color: #2c333c !important; }
  .primary { background: #e6e9ed !important; border-color: #e6e9ed !important; color: #171b21 !important; }
  .secondary { background: #171b21 !important; border-color: #5b6672 !important; color: #e6e9ed !important; }
}`;
