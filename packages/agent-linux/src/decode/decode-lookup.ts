import { addressText } from "./decode-network.js";
import type { Fact, LookupFact } from "./fact.js";
import { lookup } from "./record-layout.js";

export function decodeLookup(fact: Fact, record: Buffer): LookupFact | undefined {
  if (record.length < lookup.size) return undefined;
  const nameLength = Math.min(record.readUInt32LE(lookup.nameLength), lookup.nameSize);
  const count = Math.min(record.readUInt32LE(lookup.count), lookup.maxAddresses);
  const addresses = new Set<string>();
  for (let index = 0; index < count; index++) {
    const at = lookup.addresses + index * lookup.addressSize;
    const address = addressText(record.readUInt32LE(at), record, at + 4);
    if (address !== undefined) addresses.add(address);
  }
  return {
    type: "lookup",
    ...fact,
    name: record.toString("utf8", lookup.name, lookup.name + nameLength),
    addresses: [...addresses],
  };
}
