import { normalizeAddress } from "../endpoint/address.js";
import { normalizeDomainName } from "../endpoint/domain-name.js";
import type { EventOf } from "../events/event.js";

type Dns = EventOf<"dns.answer">["dns"];
type DnsRecord = Dns["answers"][number];

/** An address that an answer gives for the name that was asked for. */
export interface AnsweredAddress {
  address: string;
  /** The names between the one asked for and the address. */
  chain: string[];
  /** Of the whole way there, seconds. */
  ttl?: number;
}

/** How an answer leads on to a name that was not asked for: a canonical name, or who offers the service. */
const leadsTo: ReadonlyMap<string, (data: string) => string | undefined> = new Map([
  ["CNAME", (data) => data],
  ["MX", (data) => data.split(" ")[1]],
  ["SRV", (data) => data.split(" ")[3]],
  ["HTTPS", (data) => data.split(" ")[1]],
  ["SVCB", (data) => data.split(" ")[1]],
]);
const maxChain = 16;

/**
 * The addresses that an answer gives: those of the name that was asked for, along its canonical names, and those that
 * were sent along for the hosts of a service (SRV, MX, HTTPS, SVCB).
 *
 * An address whose owner the question does not lead to says nothing: whoever answers can put any record beside.
 */
export function answeredAddresses({ question, answers, additional = [] }: Dns): AnsweredAddress[] {
  const asked = normalizeDomainName(question.name);
  if (asked === undefined) return [];
  const records = byOwner([...answers, ...additional]);
  const found: AnsweredAddress[] = [];
  const visited = new Set<string>();

  const follow = (name: string, chain: string[], ttl: number | undefined) => {
    if (visited.has(name) || chain.length > maxChain) return;
    visited.add(name);
    for (const record of records.get(name) ?? []) {
      const least = lesser(ttl, record.ttl);
      for (const address of addressesIn(record)) found.push(withTtl({ address, chain }, least));
      const next = normalizeDomainName(leadsTo.get(record.type)?.(record.data) ?? "");
      if (next !== undefined) follow(next, [...chain, next], least);
    }
  };
  follow(asked, [], undefined);
  return found;
}

function byOwner(records: readonly DnsRecord[]): Map<string, DnsRecord[]> {
  const owned = new Map<string, DnsRecord[]>();
  for (const record of records) {
    const owner = normalizeDomainName(record.name);
    if (owner === undefined) continue;
    const others = owned.get(owner);
    if (others) others.push(record);
    else owned.set(owner, [record]);
  }
  return owned;
}

function addressesIn({ type, data }: DnsRecord): string[] {
  if (type === "A" || type === "AAAA") return normalized([data]);
  if (type !== "HTTPS" && type !== "SVCB") return [];
  // `1 . alpn=h2 ipv4hint=192.0.2.1,192.0.2.2` (RFC 9460, 2.1)
  const hints = data.matchAll(/(?:^| )ipv[46]hint=(\S+)/g);
  return normalized([...hints].flatMap(([, list = ""]) => list.split(",")));
}

const normalized = (addresses: readonly string[]) =>
  addresses.map(normalizeAddress).filter((address) => address !== undefined);

const lesser = (one: number | undefined, other: number | undefined) =>
  one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);

const withTtl = (found: AnsweredAddress, ttl: number | undefined): AnsweredAddress =>
  ttl === undefined ? found : { ...found, ttl };
