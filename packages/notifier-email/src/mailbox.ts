import parseAddresses from "nodemailer/lib/addressparser";

export interface Mailbox {
  /** As it was written, to be shown in a header: `Security <security@example.com>`. */
  text: string;
  /** `security@example.com` */
  address: string;
}

/** Reads addresses as people write them in a mail; `undefined` if one of them is none. */
export function parseMailboxes(texts: readonly string[]): Mailbox[] | undefined {
  if (!Array.isArray(texts)) return undefined;
  const mailboxes: Mailbox[] = [];
  for (const text of texts) {
    if (typeof text !== "string" || /\p{Cc}/u.test(text)) return undefined;
    const parsed = parseAddresses(text);
    if (parsed.length === 0) return undefined;
    for (const { name, address, group } of parsed) {
      if (group !== undefined || !/^[^\s@<>,]+@[^\s@<>,]+$/.test(address)) return undefined;
      mailboxes.push({
        text: name ? `"${name.replaceAll(/["\\]/g, "")}" <${address}>` : address,
        address,
      });
    }
  }
  return mailboxes;
}
