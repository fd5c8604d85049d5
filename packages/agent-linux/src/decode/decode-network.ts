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
import { kernelCount, kernelNumber } from "./kernel-number.js";
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
  const address = addressText(record.readUInt16LE(call.family), record, call.address);
  if (address === undefined) return undefined;
  return {
    type: "call",
    time: fact.time,
    process: fact.process,
    connection: connectionOf(record),
    protocol: record.readUInt16LE(call.protocol),
    address,
    port: record.readUInt16LE(call.port),
    sourcePort: record.readUInt16LE(call.sourcePort),
    network: record.readUInt32LE(call.network),
    cgroup: kernelNumber(record, call.cgroup),
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
  const address = addressText(family, record, result.sourceAddress);
  const port = record.readUInt16LE(result.sourcePort);
  return {
    type: "result",
    time: fact.time,
    process: fact.process,
    connection: connectionOf(record),
    error: record.readUInt32LE(result.error),
    source: address === undefined || port === 0 ? undefined : { address, port },
  };
}

export function decodeClose(fact: Fact, record: Buffer): CloseFact | undefined {
  if (record.length < close.size) return undefined;
  return {
    type: "close",
    time: fact.time,
    process: fact.process,
    connection: connectionOf(record),
    bytesOut: kernelCount(record, close.bytesOut),
    bytesIn: kernelCount(record, close.bytesIn),
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
    time: fact.time,
    process: fact.process,
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
    cookie: kernelNumber(record, connection.cookie),
    generation: record.readUInt32LE(connection.generation),
  };
}

/** An IPv4 address that travels as IPv6 (`::ffff:192.0.2.1`) is told as what it is. */
export function addressText(family: number, record: Buffer, offset: number): string | undefined {
  if (record.length < offset + 16) return undefined;
  if (family === addressFamily.ipv4) return ipv4Text(record, offset);
  if (family !== addressFamily.ipv6) return undefined;
  const isMapped =
    record.readUInt32BE(offset) === 0 &&
    record.readUInt32BE(offset + 4) === 0 &&
    record.readUInt32BE(offset + 8) === 0xffff;
  return isMapped ? ipv4Text(record, offset + 12) : ipv6Text(record.subarray(offset, offset + 16));
}
