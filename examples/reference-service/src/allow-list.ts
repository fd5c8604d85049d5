import { type Baseline, endpointFamilies, hostOfKey, visibleText } from "@straycall/core";

/** What a rule of a policy can name; see docs/block-mode.md. */
const plainRule =
  /^(?:[a-z0-9_-]{1,63}\.)*[a-z0-9_-]{1,63}:\d{1,5}$|^\d{1,3}(?:\.\d{1,3}){3}:\d{1,5}$/;
const ipv6Rule = /^\[[0-9a-f:.]{2,45}\]:\d{1,5}$/;
const familyRule = /^[a-z0-9_-]{3,62}<[a-z]{1,16}>[^.<]*((?:\.[a-z0-9_-]{1,63})+:\d{1,5})$/;

/**
 * A baseline as the rules of a policy, one a line. A family that is established becomes one rule where a rule can say it;
 * what nobody reviewed stands there as a comment: whoever lets it in shall have looked at it.
 */
export function allowListOf(baseline: Baseline): string {
  const rules: string[] = [];
  const unsure: string[] = [];
  const covered = new Set<string>();
  for (const { pattern, members, isEstablished } of endpointFamilies(baseline)) {
    const rule = ruleOfFamily(pattern);
    const isReviewed = members.every((key) => !baseline.endpoints[key]?.unreviewed);
    if (!isEstablished || rule === undefined || !isReviewed) continue;
    rules.push(rule);
    for (const member of members) covered.add(member);
  }
  for (const [key, { unreviewed }] of Object.entries(baseline.endpoints)) {
    if (covered.has(key)) continue;
    const isRule = plainRule.test(key) || ipv6Rule.test(key);
    if (unreviewed) unsure.push(`# not reviewed: ${visibleText(key, 300)}`);
    else if (isRule) rules.push(key);
    else unsure.push(`# no rule can name it: ${visibleText(hostOfKey(key), 300)}`);
  }
  const head = `# What ${visibleText(baseline.jobKey, 500)} called in ${baseline.runs} runs.`;
  return `${[head, ...rules.sort(), ...unsure.sort()].join("\n")}\n`;
}

/** `shard<n>.example.com:443` is `shard*.example.com:443`: a rule knows one `*`, at the end of the first label. */
function ruleOfFamily(pattern: string): string | undefined {
  const rest = familyRule.exec(pattern)?.[1];
  return rest === undefined ? undefined : `${pattern.slice(0, pattern.indexOf("<"))}*${rest}`;
}
