import type { CaptureEvent } from "@straycall/core";
import { recentMap } from "./recent-map.js";

/**
 * Which addresses each process was already answered for a name on the wire: getaddrinfo(3) then says it again, and
 * knows less of it.
 */
export interface ToldAnswers {
  remember(event: CaptureEvent): void;
  /** The addresses that are news. */
  untold(process: string, name: string, addresses: readonly string[]): string[];
}

const maxNames = 8_192;

export function toldAnswers(): ToldAnswers {
  const told = recentMap<string, ReadonlySet<string>>(maxNames);
  const keyOf = (process: string, name: string) =>
    `${process} ${name.toLowerCase().replace(/\.$/, "")}`;
  return {
    remember(event) {
      if (event.type !== "dns.answer") return;
      const { process, dns } = event;
      const key = keyOf(process.entity_id ?? "", dns.question.name);
      const addresses = dns.answers.map(({ data }) => data);
      told.set(key, new Set([...(told.get(key) ?? []), ...addresses].slice(-512)));
    },
    untold(process, name, addresses) {
      const known = told.get(keyOf(process, name));
      return addresses.filter((address) => !known?.has(address));
    },
  };
}
