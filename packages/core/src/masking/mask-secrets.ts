import { isSecretName } from "./secret-name.js";

/** What stands where a secret stood. */
export const mask = "***";

/*
 * Attackers choose the text, so no pattern may take more than linear time: each begins at a fixed text or where a
 * word begins (a lookbehind for the characters it goes on with), never in the middle of what it just tried.
 */

/**
 * Secrets that betray themselves by their shape, whatever stands around them. Formats as their issuers document
 * them; each pattern keeps group 1 and masks the rest.
 */
const shapes: readonly RegExp[] = [
  // A PEM block, whole or cut off.
  /(-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g,
  // user:password@ in a URL
  /(:\/\/)[^\s/?#@"']*@/g,
  // GitHub, GitLab
  /(?<![\w-])(gh[pousr]_|github_pat_|gl[a-z]{2,6}-)[\w-]{16,}/g,
  // Slack tokens and webhook paths
  /(?<![\w-])(xox[a-z]-|xapp-)[A-Za-z0-9-]{8,}/g,
  /(\/services\/T[A-Z0-9]{1,32}\/B[A-Z0-9]{1,32}\/)[A-Za-z0-9]{8,}/g,
  // Telegram bots, Discord webhooks
  /(\/bot\d{5,20}:)[\w-]{20,}/g,
  /(\/webhooks\/\d{1,32}\/)[\w-]{20,}/g,
  // AWS, Google, Stripe, SendGrid, npm, PyPI, OpenAI and alike
  /(?<![A-Z0-9])((?:AKIA|ASIA)[A-Z0-9]{4})[A-Z0-9]{12}(?![A-Z0-9])/g,
  /(?<![\w-])(AIza)[\w-]{30,}/g,
  /(?<![\w.-])(ya29\.)[\w-]{20,}/g,
  /(?<!\w)([sr]k_(?:live|test)_)[A-Za-z0-9]{10,}/g,
  /(?<![\w.-])(SG\.)[\w-]{16,}\.[\w-]{16,}/g,
  /(?<!\w)(npm_)[A-Za-z0-9]{30,}/g,
  /(?<![\w-])(pypi-|sk-)[\w-]{20,}/g,
  // JSON Web Token (RFC 7519)
  /(?<![\w-])(eyJ)[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?/g,
  // Credentials (RFC 9110, 11.4): all that follows the scheme in a header, or a bearer token alone
  /(authorization["']?[ \t]{0,8}[:=][ \t]{0,8}["']?(?:[A-Za-z][\w-]{0,20}[ \t]{1,8})?)[^\r\n"']+/gi,
  /((?<![\w-])bearer[ \t]{1,8})[\w.~+/=-]{16,}/gi,
  // Every cookie of a header
  /(cookie[ \t]{0,8}:[ \t]{0,8})[^"'\r\n]+/gi,
];

/** `name=`, `name: `, `"name": `; whether the name is a secret's is asked separately. */
const assignedName = /(?<![\w.-])([\w.-]{1,128})["']?[ \t]{0,8}[=:][ \t]{0,8}/g;
const assignedValue = /\[[^\]]*\]|"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'&;|]+/sy;

/** Masks the secrets in a piece of text: known token shapes, and values assigned to names that hold secrets. */
export function maskSecrets(text: string): string {
  const shapeless = shapes.reduce(
    (masked, shape) =>
      masked.replace(shape, (_, kept: string) =>
        kept === "://" ? `${kept}${mask}@` : `${kept}${mask}`,
      ),
    text,
  );
  return maskAssignments(shapeless);
}

function maskAssignments(text: string): string {
  let masked = "";
  let done = 0;
  for (const assignment of text.matchAll(assignedName)) {
    const valueAt = assignment.index + assignment[0].length;
    const [, name = ""] = assignment;
    // Its shape was looked for above: what is left of it is the scheme.
    const isHeader = /^(?:proxy-)?authorization$/i.test(name);
    if (valueAt <= done || isHeader || !isSecretName(name)) continue;
    assignedValue.lastIndex = valueAt;
    const [value] = assignedValue.exec(text) ?? [];
    if (value === undefined || isHarmless(value)) continue;
    masked += text.slice(done, valueAt) + mask;
    done = valueAt + value.length;
  }
  return masked + text.slice(done);
}

/** A reference to a variable, or masked already. */
function isHarmless(value: string): boolean {
  return value.startsWith("$") || value.includes(mask);
}
