import { decodeCgroup } from "./decode-cgroup.js";
import { decodeExec } from "./decode-exec.js";
import { decodeLookup } from "./decode-lookup.js";
import {
  decodeBlocked,
  decodeCall,
  decodeClose,
  decodePayload,
  decodeResult,
} from "./decode-network.js";
import { decodeTlsEnd, decodeTlsLink, decodeTlsText } from "./decode-tls.js";
import type { AnyFact, Fact } from "./fact.js";
import { clockTicks, kernelCount } from "./kernel-number.js";
import { exit, header, headerSize, recordType } from "./record-layout.js";

/**
 * Reads one record of the ring. Copies whatever it keeps.
 *
 * @returns undefined for bytes that are no record.
 */
export function decodeRecord(record: Buffer): AnyFact | undefined {
  if (record.length < headerSize) return undefined;
  const fact = decodeHeader(record);
  switch (record.readUInt16LE(header.type)) {
    case recordType.exec:
      return decodeExec(fact, record);
    case recordType.fork:
      return { type: "fork", time: fact.time, process: fact.process };
    case recordType.cgroup:
      return decodeCgroup(fact, record);
    case recordType.exit:
      if (record.length < exit.size) return undefined;
      return { type: "exit", ...fact, status: record.readUInt32LE(exit.status) };
    case recordType.call:
      return decodeCall(fact, record);
    case recordType.blocked:
      return decodeBlocked(fact, record);
    case recordType.result:
      return decodeResult(fact, record);
    case recordType.close:
      return decodeClose(fact, record);
    case recordType.payload:
      return decodePayload(fact, record);
    case recordType.lookup:
      return decodeLookup(fact, record);
    case recordType.tlsText:
      return decodeTlsText(fact, record);
    case recordType.tlsLink:
      return decodeTlsLink(fact, record);
    case recordType.tlsEnd:
      return decodeTlsEnd(fact, record);
    default:
      return undefined;
  }
}

function decodeHeader(record: Buffer): Fact {
  return {
    time: kernelCount(record, header.time) / 1e6,
    process: {
      pid: record.readUInt32LE(header.pid),
      thread: record.readUInt32LE(header.thread),
      start: clockTicks(record, header.start),
      parentPid: record.readUInt32LE(header.parentPid),
      parentStart: clockTicks(record, header.parentStart),
      userId: record.readUInt32LE(header.userId),
    },
  };
}
