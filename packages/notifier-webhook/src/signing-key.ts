/** Reads a secret as Standard Webhooks writes it; `undefined` if it is none. */
export function signingKey(secret: unknown): Buffer | undefined {
  if (typeof secret !== "string") return undefined;
  const text = secret.replace(/^whsec_/, "");
  if (!/^[A-Za-z0-9+/]{32,88}={0,2}$/.test(text)) return undefined;
  const key = Buffer.from(text, "base64");
  return key.length >= 24 && key.length <= 64 ? key : undefined;
}
