/** What stands where a secret stood. */
export const mask = "***";

const secretWord =
  "(?:pass(?:word|wd|phrase)?|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|auth(?:orization)?|credentials?|signature|session|cookie|otp|pin)";

/** `DB_PASSWORD`, `--api-key`, `X-Auth-Token`: a name that holds a secret, however it is decorated. */
const secretName = new RegExp(
  `(?:^|[^a-z])(?:[a-z0-9]+[_-])*${secretWord}s?(?:[_-][a-z0-9]+)*$`,
  "i",
);

/** Tells whether what stands behind this name (of an option, a variable, a parameter) is a secret. */
export function isSecretName(name: string): boolean {
  return secretName.test(name);
}

/**
 * Secrets that betray themselves by their shape, whatever stands around them. Formats as their issuers document
 * them; each pattern keeps group 1 and masks the rest.
 */
const shapes: readonly RegExp[] = [
  // A PEM block, whole or cut off.
  /(-----BEGIN [A-Z ]*PRIVATE KEY-----)[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  // user:password@ in a URL
  /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@]*@/gi,
  // GitHub, GitLab
  /\b(gh[pousr]_|github_pat_|gl[a-z]{2,6}-)[A-Za-z0-9_.-]{16,}/g,
  // Slack tokens and webhook paths
  /\b(xox[a-z]-|xapp-)[A-Za-z0-9-]{8,}/g,
  /(\/services\/T[A-Z0-9]+\/B[A-Z0-9]+\/)[A-Za-z0-9]{8,}/g,
  // Telegram bots, Discord webhooks
  /(\/bot\d{5,}:)[A-Za-z0-9_-]{20,}/g,
  /(\/api\/(?:v\d+\/)?webhooks\/\d+\/)[A-Za-z0-9_-]{20,}/g,
  // AWS, Google, Stripe, SendGrid, npm, PyPI, OpenAI and alike
  /\b((?:AKIA|ASIA)[A-Z0-9]{4})[A-Z0-9]{12}\b/g,
  /\b(AIza)[A-Za-z0-9_-]{30,}/g,
  /\b(ya29\.)[A-Za-z0-9_-]{20,}/g,
  /\b([sr]k_(?:live|test)_)[A-Za-z0-9]{10,}/g,
  /\b(SG\.)[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/g,
  /\b(npm_)[A-Za-z0-9]{30,}/g,
  /\b(pypi-)[A-Za-z0-9_-]{40,}/g,
  /\b(sk-)[A-Za-z0-9_-]{20,}/g,
  // JSON Web Token (RFC 7519)
  /\b(eyJ)[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{4,}(?:\.[A-Za-z0-9_-]*)?/g,
  // An Authorization header's credentials (RFC 9110), or the scheme alone with them
  /\b((?:proxy-)?authorization\s*[:=]\s*["']?(?:[a-z]+\s+)?)[^\s"']+/gi,
  /\b(bearer\s+)[A-Za-z0-9._~+/=-]{6,}/gi,
  /\b((?:set-)?cookie\s*:\s*)[^"'\n]+/gi,
];

/** `name=value`, `name: value`, `"name": "value"` with a name that holds a secret. */
const assignment = new RegExp(
  `((?:[a-z0-9]+[_-])*${secretWord}s?(?:[_-][a-z0-9]+)*["']?\\s*[=:]\\s*)("[^"]*"|'[^']*'|[^\\s"'&;,|]+)`,
  "gi",
);

/** Masks the secrets in a piece of text: known token shapes, and values assigned to names that hold secrets. */
export function maskSecrets(text: string): string {
  let masked = text;
  for (const shape of shapes) {
    masked = masked.replace(shape, (_, kept: string) =>
      kept.endsWith("://") ? `${kept}${mask}@` : kept + mask,
    );
  }
  return masked.replace(assignment, (whole: string, name: string, value: string) =>
    value.startsWith("$") || value.includes(mask) ? whole : `${name}${mask}`,
  );
}
