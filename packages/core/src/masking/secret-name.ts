/** Words that make the name of an option, a variable, a header or a parameter the name of a secret. */
const secretWords = new Set([
  ...["pass", "passphrase", "passcode", "pwd", "otp", "jwt", "pat"],
  ...["secrets", "credential", "credentials", "creds"],
  ...["auth", "authorization", "cookie", "session", "signature", "sig"],
]);

/** `PGPASSWORD`, `clienttoken`: what a word may end with; `tokens` are counted, not kept secret. */
const secretEnding =
  /(?:password|passwd|secret|token|(?<!^(?:by|com|tres|sur|over|under|encom))pass)$/;

/** `key` alone is the name of many harmless things; behind one of these it is not. */
const keyKind =
  /(?:^|_)(?:api|access|private|secret|signing|encryption|auth|account|storage|shared|master)_?key$/;

/** `--no-auth`, `--password-stdin`, `--token-file`: says where the secret is, or that there is none. */
const harmless = /^no_|_(?:stdin|file|path|dir|env|helper|provider|type|url)$|_with_/;

const maxNameLength = 128;

/** Tells whether what stands behind this name is a secret: `DB_PASSWORD`, `--api-key`, `X-Auth-Token`, `clientSecret`. */
export function isSecretName(name: string): boolean {
  if (name.length > maxNameLength) return false;
  const snake = name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  if (harmless.test(snake)) return false;
  const words = snake.split("_");
  return (
    words.some((word) => secretWords.has(word) || secretEnding.test(word)) ||
    words.some((_, index) => keyKind.test(words.slice(0, index + 1).join("_")))
  );
}
