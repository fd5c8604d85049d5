import { normalizeAddress, normalizeDomainName } from "@straycall/core";
import { readFirstBytes } from "./read-first-bytes.js";

const maxBytes = 1 << 20;
const maxEntries = 10_000;

/** What a hosts file says (hosts(5)), one `address name` each, both normalized. */
export function readHostsFile(file: string): string[] {
  return parseHostsFile(readFirstBytes(file, maxBytes));
}

export function parseHostsFile(text: string): string[] {
  const entries = new Set<string>();
  for (const line of text.split("\n")) {
    const [address = "", ...names] = line.replace(/#.*/, "").trim().split(/\s+/);
    const ip = normalizeAddress(address);
    if (ip === undefined) continue;
    for (const name of names) {
      const normalized = normalizeDomainName(name);
      if (entries.size < maxEntries && normalized) entries.add(`${ip} ${normalized}`);
    }
  }
  return [...entries];
}
