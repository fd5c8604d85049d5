import { readDnsName } from "../parse/dns-name.js";
import type {
  BlockedFact,
  CallFact,
  CloseFact,
  ConnectionIdentity,
  Fact,
  PayloadFact,
  ResultFact,
} from "./fact.js";
import { ipv4Text, ipv6Text } from "./ip-address.js";
import {
  addressFamily,
  blocked,
  call,
  close,
  connection,
  header,
  payload,
  result,
} from "./record-layout.js";

export function decodeCall(fact: Fact, record: Buffer): CallFact | undefined {
  if (record.length < call.size) return undefined;
  const address = addressText(record.readUInt16LE(call.family), record.subarray(call.address));
  if (address === undefined) return undefined;
  return {
    type: "call",
    ...fact,
    connection: connectionOf(record),
    protocol: record.readUInt16LE(call.protocol),
    address,
    port: record.readUInt16LE(call.port),
    sourcePort: record.readUInt16LE(call.sourcePort),
    network: record.readUInt32LE(call.network),
    cgroup: record.readBigUInt64LE(call.cgroup),
  };
}

export function decodeBlocked(fact: Fact, record: Buffer): BlockedFact | undefined {
  const call = decodeCall(fact, record);
  if (call === undefined) return undefined;
  const length = record.readUInt32LE(blocked.nameLength);
  const end = blocked.name + length;
  if (length > blocked.nameSize || end > record.length) return undefined;
  const question = length === 0 ? undefined : readDnsName(record.subarray(blocked.name, end), 0);
  return { ...call, type: "blocked", ...(question ? { question: question.text } : {}) };
}

export function decodeResult(fact: Fact, record: Buffer): ResultFact | undefined {
  if (record.length < result.size) return undefined;
  const family = record.readUInt16LE(result.family);
  const address = addressText(family, record.subarray(result.sourceAddress));
  const port = record.readUInt16LE(result.sourcePort);
  return {
    type: "result",
    ...fact,
    connection: connectionOf(record),
    error: record.readUInt32LE(result.error),
    ...(address === undefined || port === 0 ? {} : { source: { address, port } }),
  };
}

export function decodeClose(fact: Fact, record: Buffer): CloseFact | undefined {
  if (record.length < close.size) return undefined;
  return {
    type: "close",
    ...fact,
    connection: connectionOf(record),
    bytesOut: Number(record.readBigUInt64LE(close.bytesOut)),
    bytesIn: Number(record.readBigUInt64LE(close.bytesIn)),
    packetsOut: record.readUInt32LE(close.packetsOut),
    packetsIn: record.readUInt32LE(close.packetsIn),
  };
}

export function decodePayload(fact: Fact, record: Buffer): PayloadFact | undefined {
  if (record.length < payload.data) return undefined;
  const end = payload.data + record.readUInt16LE(payload.length);
  if (end > record.length) return undefined;
  const flags = record.readUInt16LE(header.flags);
  return {
    type: "payload",
    ...fact,
    connection: connectionOf(record),
    protocol: record.readUInt16LE(payload.protocol),
    isInbound: (flags & payload.inbound) !== 0,
    begins: (flags & payload.begins) !== 0,
    isDns: (flags & payload.dns) !== 0,
    isStranger: (flags & payload.stranger) !== 0,
    isLoopback: (flags & payload.loopback) !== 0,
    isResponse: (flags & payload.response) !== 0,
    sequence: record.readUInt32LE(payload.sequence),
    data: Buffer.from(record.subarray(payload.data, end)),
  };
}

export function connectionOf(record: Buffer): ConnectionIdentity {
  return {
    cookie: record.readBigUInt64LE(connection.cookie),
    generation: record.readUInt32LE(connection.generation),
  };
}

/** An IPv4 address that travels as IPv6 (`::ffff:192.0.2.1`) is told as what it is. */
export function addressText(family: number, bytes: Buffer): string | undefined {
  if (bytes.length < 16) return undefined;
  if (family === addressFamily.ipv4) return ipv4Text(bytes);
  if (family !== addressFamily.ipv6) return undefined;
  const isMapped = bytes.readBigUInt64BE(0) === 0n && bytes.readUInt32BE(8) === 0xffff;
  return isMapped ? ipv4Text(bytes.subarray(12)) : ipv6Text(bytes);
}
