/** Words that make the name of an option, a variable, a header or a parameter the name of a secret. */
const secretWords = new Set([
  ...["pass", "password", "passwd", "passphrase", "passcode", "pwd", "otp", "pin"],
  ...["secret", "secrets", "token", "tokens", "credential", "credentials", "creds"],
  ...["auth", "authorization", "cookie", "session", "signature", "sig", "jwt", "pat"],
  ...["apikey", "accesskey", "privatekey", "secretkey"],
]);

/** `key` alone is the name of many harmless things; behind one of these it is not. */
const keyKinds = new Set(["api", "access", "private", "secret", "signing", "encryption", "auth"]);

/** Tells whether what stands behind this name is a secret: `DB_PASSWORD`, `--api-key`, `X-Auth-Token`, `clientSecret`. */
export function isSecretName(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.some(
    (word, index) =>
      secretWords.has(word) || (word === "key" && keyKinds.has(words[index - 1] ?? "")),
  );
}
