import {
  addressFamily,
  call,
  close,
  connection,
  exec,
  exit,
  header,
  headerSize,
  payload,
  recordType,
  result,
} from "../src/decode/record-layout.js";

/** How often the job is told. */
export const roundsOfJob = 4;
export const processes = 4_000;
const callsEach = 8;
const udp = 17;
const tcp = 6;
const cgroup = 4_711n;
const network = 4_026_531_840;

interface Who {
  pid: number;
  start: bigint;
}

/** What the kernel tells of many short processes that each ask for a name and make some TCP calls. */
export function jobRecords(): Buffer[] {
  const records: Buffer[] = [];
  let time = 1_000_000_000_000n;
  let cookie = 4_096n;

  const add = (type: number, flags: number, { pid, start }: Who, rest: Buffer) => {
    const bytes = Buffer.concat([Buffer.alloc(headerSize), rest]);
    time += 4_321n;
    bytes.writeUInt16LE(type, header.type);
    bytes.writeUInt16LE(flags, header.flags);
    bytes.writeBigUInt64LE(time, header.time);
    bytes.writeUInt32LE(pid, header.pid);
    bytes.writeUInt32LE(pid, header.thread);
    bytes.writeBigUInt64LE(start, header.start);
    bytes.writeBigUInt64LE(900_000_000_000n, header.parentStart);
    bytes.writeUInt32LE(1, header.parentPid);
    bytes.writeUInt32LE(1000, header.userId);
    if (type !== recordType.exec && rest.length >= 16) {
      bytes.writeBigUInt64LE(cookie, connection.cookie);
      bytes.writeUInt32LE(1, connection.generation);
    }
    records.push(bytes);
    return bytes;
  };
  const bytes = (size: number) => Buffer.alloc(size - headerSize);

  const begin = (who: Who, protocol: number, port: number, last: number) => {
    cookie += 1n;
    const record = add(recordType.call, 0, who, bytes(call.size));
    record.writeUInt16LE(addressFamily.ipv4, call.family);
    record.writeUInt16LE(protocol, call.protocol);
    record.writeUInt16LE(port, call.port);
    record.set([198, 51, 100, last], call.address);
    record.writeBigUInt64LE(cgroup, call.cgroup);
    record.writeUInt32LE(network, call.network);
  };
  const establish = (who: Who) => {
    const record = add(recordType.result, 0, who, bytes(result.size));
    record.writeUInt16LE(addressFamily.ipv4, result.family);
    record.writeUInt16LE(40_000 + Number(cookie % 20_000n), result.sourcePort);
    record.set([192, 0, 2, 1], result.sourceAddress);
  };
  const end = (who: Who) => {
    const record = add(recordType.close, 0, who, bytes(close.size));
    record.writeBigUInt64LE(1_480n, close.bytesOut);
    record.writeBigUInt64LE(96_123n, close.bytesIn);
    record.writeUInt32LE(14, close.packetsOut);
    record.writeUInt32LE(70, close.packetsIn);
  };
  const say = (who: Who, data: Buffer, flags: number) => {
    const record = add(recordType.payload, flags, who, Buffer.concat([bytes(payload.data), data]));
    record.writeUInt16LE(data.length, payload.length);
    record.writeUInt16LE(udp, payload.protocol);
  };

  for (let each = 0; each < processes; each += 1) {
    const who = { pid: 10_000 + each, start: 1_000_000_000_000n + BigInt(each) * 10_000_000n };
    add(recordType.fork, 0, who, bytes(headerSize));
    add(recordType.exec, 0, who, execRest());
    begin(who, udp, 53, 1);
    say(who, dnsMessage(each, false), payload.dns);
    say(who, dnsMessage(each, true), payload.dns | payload.inbound);
    end(who);
    for (let made = 0; made < callsEach; made += 1) {
      begin(who, tcp, 443, 10 + (each % 200));
      establish(who);
      end(who);
    }
    add(recordType.exit, 0, who, bytes(exit.size));
  }
  return records;
}

function execRest(): Buffer {
  const texts = [
    "node\0bin\0usr\0",
    "project\0work\0home\0",
    "node\0scripts/build.mjs\0--target\0production\0--out\0dist\0",
    "GITHUB_ACTION=build\0GITHUB_JOB=test\0GITHUB_RUN_ID=4711\0",
  ].map((text) => Buffer.from(text));
  const lengths = Buffer.alloc(exec.data - exec.cgroup);
  lengths.writeBigUInt64LE(cgroup);
  for (const [index, { length }] of texts.entries()) lengths.writeUInt32LE(length, 8 + index * 4);
  return Buffer.concat([lengths, ...texts]);
}

/** A question for an address of `host7.example.test`, or its answer. */
function dnsMessage(number: number, isAnswer: boolean): Buffer {
  const start = Buffer.alloc(12);
  start.writeUInt16BE(number & 0xffff, 0);
  start.writeUInt16BE(isAnswer ? 0x8180 : 0x0100, 2);
  start.writeUInt16BE(1, 4);
  start.writeUInt16BE(isAnswer ? 1 : 0, 6);
  const labels = [`host${number % 200}`, "example", "test"];
  const name = labels.map((label) => `${String.fromCharCode(label.length)}${label}`).join("");
  const question = Buffer.concat([Buffer.from(`${name}\0`), Buffer.from([0, 1, 0, 1])]);
  const answer = [0xc0, 12, 0, 1, 0, 1, 0, 0, 1, 44, 0, 4, 198, 51, 100, 10 + (number % 200)];
  return Buffer.concat([start, question, ...(isAnswer ? [Buffer.from(answer)] : [])]);
}
