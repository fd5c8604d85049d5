import { normalizeAddress } from "../endpoint/address.js";
import { normalizeDomainName } from "../endpoint/domain-name.js";
import type { EventOf } from "../events/event.js";
import { boundedMap } from "./bounded-map.js";
import type { CallName } from "./call.js";

/**
 * Which names each process asked for, by the addresses it was answered.
 *
 * A name belongs to the process that asked for it and to that process's children, never to whoever calls the
 * same address: two names on one CDN address are told apart by who asked.
 */
export interface NameTable {
  answer(entityId: string, dns: EventOf<"dns.answer">["dns"]): void;
  /** The names that the first of `lineage` to have asked for this address asked for, the last asked first. */
  namesOf(lineage: readonly string[], address: string): CallName[];
  readonly forgotten: number;
}

/** One process that asks for more names on one address than this keeps the newest. */
const maxNamesPerAddress = 16;

export function nameTable(limit: number): NameTable {
  const asked = boundedMap<string, CallName[]>(limit);
  const keyOf = (entityId: string, address: string) => `${entityId} ${address}`;

  return {
    answer(entityId, { question, answers }) {
      const name = normalizeDomainName(question.name);
      if (name === undefined) return;
      const chain = answers
        .filter((answer) => answer.type === "CNAME")
        .map((answer) => normalizeDomainName(answer.data))
        .filter((canonical) => canonical !== undefined);
      const callName: CallName = { name, source: "dns", ...(chain.length > 0 ? { chain } : {}) };

      for (const answer of answers) {
        if (answer.type !== "A" && answer.type !== "AAAA") continue;
        const address = normalizeAddress(answer.data);
        if (address === undefined) continue;
        const key = keyOf(entityId, address);
        const before = asked.get(key) ?? [];
        const others = before.filter((other) => other.name !== name);
        // A lookup answered from a cache says nothing of the chain that an earlier one told.
        const same = before.find((other) => other.name === name && callName.chain === undefined);
        asked.set(key, [same ?? callName, ...others].slice(0, maxNamesPerAddress));
      }
    },
    namesOf(lineage, address) {
      const normalized = normalizeAddress(address) ?? address;
      for (const entityId of lineage) {
        const names = asked.get(keyOf(entityId, normalized));
        if (names) return names;
      }
      return [];
    },
    get forgotten() {
      return asked.forgotten;
    },
  };
}
