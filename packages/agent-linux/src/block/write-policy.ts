import { writeEntry, writeOnlyEntry } from "../bpf/map-access.js";
import { readHostsFile } from "../resolver/hosts-file.js";
import { addressBytes } from "./address-bytes.js";
import { maxPortsPerName, type NameGrant, portsOfName } from "./name-grants.js";
import type { CheckedPolicy } from "./policy.js";
import type { RangeRule } from "./policy-rule.js";

const resolverPort = 53;
const nameSize = 256;
const present = Buffer.from([1]);

/** Puts a policy into the maps of bpf/block; their layouts are there. @throws KernelRefusal */
export function writePolicy(
  mapOf: (name: string) => number,
  { names, ranges, resolvers, loopback }: CheckedPolicy,
  network: bigint,
): void {
  const settings = Buffer.alloc(16);
  settings.writeBigUInt64LE(network);
  settings.writeUInt32LE(loopback ? 1 : 0, 8);
  writeOnlyEntry(mapOf("settings"), settings, "setting the policy");
  for (const range of ranges) {
    writeEntry(mapOf("ranges"), rangeKey(range), present, "allowing an address");
  }
  for (const grant of names) {
    writeEntry(mapOf("names"), nameKey(grant.turned), grantValue(grant), "allowing a name");
  }
  for (const resolver of resolvers) {
    const key = endpointKey(resolver, resolverPort);
    if (key) writeEntry(mapOf("resolvers"), key, present, "naming a resolver");
  }
  for (const entry of readHostsFile("/etc/hosts")) {
    const [address = "", name = ""] = entry.split(" ");
    for (const port of portsOfName(names, name)) {
      const key = endpointKey(address, port);
      if (key) writeEntry(mapOf("learned"), key, present, "allowing a name of /etc/hosts");
    }
  }
}

function endpointKey(address: string, port: number): Buffer | undefined {
  const bytes = addressBytes(address);
  if (bytes === undefined) return undefined;
  const key = Buffer.alloc(20);
  bytes.copy(key);
  key.writeUInt16LE(port, 16);
  return key;
}

function rangeKey({ address, bits, port = 0 }: RangeRule): Buffer {
  const key = Buffer.alloc(24);
  key.writeUInt32LE(16 + 8 + bits);
  key.writeUInt16BE(port, 4);
  key.writeUInt8(isIpv4Range(address, bits) ? 4 : 6, 6);
  address.copy(key, 7);
  return key;
}

/** `::ffff:192.0.2.0/120` is IPv4, `::/0` is not. */
function isIpv4Range(address: Buffer, bits: number): boolean {
  const mapped = addressBytes("0.0.0.0") as Buffer;
  const prefix = 96;
  return bits >= prefix && address.subarray(0, prefix / 8).equals(mapped.subarray(0, prefix / 8));
}

function nameKey(turned: string): Buffer {
  const key = Buffer.alloc(4 + nameSize);
  key.writeUInt32LE(8 * turned.length);
  key.write(turned, 4, "latin1");
  return key;
}

function grantValue({ depth, atDepth, below }: NameGrant): Buffer {
  const portsSize = 4 + 2 * maxPortsPerName;
  const value = Buffer.alloc(4 + 2 * portsSize);
  value.writeUInt32LE(depth);
  for (const [index, ports] of [atDepth, below].entries()) {
    const at = 4 + index * portsSize;
    value.writeUInt32LE(ports.length, at);
    ports.forEach((port, number) => void value.writeUInt16LE(port, at + 4 + 2 * number));
  }
  return value;
}
