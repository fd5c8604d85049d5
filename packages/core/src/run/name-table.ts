import { normalizeAddress } from "../endpoint/address.js";
import { normalizeDomainName } from "../endpoint/domain-name.js";
import type { EventOf } from "../events/event.js";
import { answerTrust } from "./answer-trust.js";
import { answeredAddresses } from "./answered-addresses.js";
import { boundedMap } from "./bounded-map.js";
import type { CallName } from "./call.js";
import { byConfidence, isReliedOn, type NameConfidence } from "./name-confidence.js";
import { reverseAddress } from "./reverse-address.js";

/**
 * Which names each process asked for, by the addresses it was answered.
 *
 * A name belongs to the process that asked for it and to that process's children, never to whoever calls the
 * same address: two names on one CDN address are told apart by who asked.
 */
export interface NameTable {
  /** An agent said whose answers it holds for true. */
  trust(agent: EventOf<"capture.started">["agent"]): void;
  answer(entityId: string, answer: EventOf<"dns.answer">): void;
  /**
   * The names of a call. Those that can be relied on come first: of the first of `lineage` to have some, the surest
   * first and then the last asked. Others follow.
   */
  namesOf(lineage: readonly string[], call: NamedCall): CallName[];
  readonly forgotten: number;
}

export interface NamedCall {
  address: string;
  /** Epoch milliseconds. */
  time: number;
  namespace: string | undefined;
}

interface AskedName extends CallName {
  answeredAt: number;
  namespace: string | undefined;
}

/** One process that asks for more names on one address than this keeps the newest. */
const maxNamesPerAddress = 16;
/** Programs that keep connecting use an answer for somewhat longer than they may. */
const graceMs = 300_000;

export function nameTable(limit: number): NameTable {
  const trust = answerTrust();
  const asked = boundedMap<string, AskedName[]>(limit);
  /** What a trusted resolver told anybody. */
  const proven = boundedMap<string, true>(limit);
  const keyOf = (owner: string, address: string) => `${owner} ${address}`;

  const remember = (entityId: string, address: string, named: AskedName) => {
    const key = keyOf(entityId, address);
    const before = asked.get(key) ?? [];
    const others = before.filter((other) => other.name !== named.name);
    const same = before.find((other) => other.name === named.name);
    asked.set(key, [same ? better(named, same) : named, ...others].slice(0, maxNamesPerAddress));
  };

  /** What an answer is worth for this call. */
  const confidenceFor = (
    call: NamedCall,
    isInherited: boolean,
    asked: AskedName,
  ): NameConfidence => {
    const { name, namespace, confidence, ttl, answeredAt } = asked;
    const isElsewhere =
      namespace !== undefined && call.namespace !== undefined && namespace !== call.namespace;
    if (confidence === "doubtful" || isElsewhere) {
      return proven.get(keyOf(name, call.address)) ? "probable" : "doubtful";
    }
    const isOld = ttl !== undefined && call.time > answeredAt + ttl * 1000 + graceMs;
    return confidence === "certain" && !isInherited && !isOld ? "certain" : "probable";
  };

  const asOf = (call: NamedCall, isInherited: boolean, asked: AskedName): CallName => {
    const { namespace: _, ...name } = asked;
    return {
      ...name,
      confidence: confidenceFor(call, isInherited, asked),
      ...(isInherited ? { inherited: true } : {}),
    };
  };

  return {
    trust: trust.learn,
    answer(entityId, event) {
      const { dns, server, network, time } = event;
      const name = normalizeDomainName(dns.question.name);
      if (name === undefined) return;
      const about = {
        source: dns.seen === "wire" || dns.seen === undefined ? "dns" : dns.seen,
        answeredAt: time,
        namespace: network?.namespace,
        ...(server === undefined ? {} : { server }),
      } as const;
      const confidence = trust.confidenceOf(event);
      for (const { address, chain, ttl } of answeredAddresses(dns)) {
        if (trust.holdsForAll(event)) proven.set(keyOf(name, address), true);
        remember(entityId, address, {
          name,
          confidence,
          ...about,
          ...(chain.length > 0 ? { chain } : {}),
          ...(ttl === undefined ? {} : { ttl }),
        });
      }
      const reversed = reverseAddress(name);
      const said = dns.answers.find(({ type }) => type === "PTR")?.data;
      const own = said === undefined ? undefined : normalizeDomainName(said);
      if (reversed !== undefined && own !== undefined) {
        remember(entityId, reversed, {
          ...about,
          name: own,
          source: "reverse",
          confidence: "doubtful",
        });
      }
    },
    namesOf(lineage, call) {
      const address = normalizeAddress(call.address) ?? call.address;
      let reliedOn: CallName[] = [];
      const others: CallName[] = [];
      for (const [index, entityId] of lineage.entries()) {
        const names = (asked.get(keyOf(entityId, address)) ?? []).map((name) =>
          asOf({ ...call, address }, index > 0, name),
        );
        others.push(...names.filter((name) => !isReliedOn(name)));
        reliedOn = names.filter(isReliedOn).sort(byConfidence);
        if (reliedOn.length > 0) break;
      }
      const told = new Set<string>();
      return [...reliedOn, ...others]
        .filter(({ name }) => !told.has(name) && told.add(name))
        .slice(0, maxNamesPerAddress);
    },
    get forgotten() {
      return asked.forgotten + proven.forgotten;
    },
  };
}

/** Of two answers for one name the surer one holds; a lookup from a cache says nothing of the chain told before. */
function better(now: AskedName, before: AskedName): AskedName {
  if (byConfidence(before, now) < 0) return before;
  const chain = now.chain ?? before.chain;
  return { ...now, ...(chain === undefined ? {} : { chain }) };
}
