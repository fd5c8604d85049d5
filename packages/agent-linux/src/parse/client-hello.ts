/** What a TLS client says first (RFC 8446, 4.1.2). */
export interface ClientHello {
  /** RFC 6066, 3 */
  serverName?: string;
  /** RFC 7301 */
  nextProtocols: string[];
}

/** `incomplete`: more bytes may make it one. */
export type ParsedHello = ClientHello | "incomplete" | "other";

const handshakeRecord = 22;
const clientHello = 1;
const extension = { serverName: 0, nextProtocols: 16 } as const;
const maxServerName = 255;
const maxProtocols = 32;
const hostNameType = 0;
const recordHeader = 5;

/** Reads the records that a TLS client sends first. */
export function parseClientHello(bytes: Buffer): ParsedHello {
  const looksRight = bytes[0] === handshakeRecord && (bytes[1] ?? 3) === 3;
  if (!looksRight) return bytes.length === 0 ? "incomplete" : "other";
  return parseHandshake(withoutRecordHeaders(bytes));
}

/** A ClientHello may be spread over several records. */
function withoutRecordHeaders(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  let offset = 0;
  while (offset + recordHeader <= bytes.length && bytes[offset] === handshakeRecord) {
    const start = offset + recordHeader;
    offset = start + bytes.readUInt16BE(offset + 3);
    parts.push(bytes.subarray(start, offset));
  }
  return Buffer.concat(parts);
}

/** Reads a handshake message, as QUIC carries it without records (RFC 9001, 4); everything in it is a length and as many bytes. */
export function parseHandshake(message: Buffer): ParsedHello {
  if (message.length < 4) return "incomplete";
  if (message[0] !== clientHello) return "other";
  const end = 4 + message.readUIntBE(1, 3);
  if (message.length < end) return "incomplete";
  const hello = message.subarray(0, end);

  const versionAndRandom = 34;
  let offset = 4 + versionAndRandom;
  for (const lengthSize of [1, 2, 1]) {
    // Session id, cipher suites, compression methods.
    const block = readBlock(hello, offset, lengthSize);
    if (block === undefined) return "other";
    offset = block.end;
  }
  const extensions = readBlock(hello, offset, 2);
  return readExtensions(extensions?.contents ?? Buffer.alloc(0));
}

function readExtensions(bytes: Buffer): ClientHello {
  const hello: ClientHello = { nextProtocols: [] };
  let offset = 0;
  while (offset + 4 <= bytes.length) {
    const type = bytes.readUInt16BE(offset);
    const block = readBlock(bytes, offset + 2, 2);
    if (block === undefined) break;
    offset = block.end;
    if (type === extension.serverName) {
      const name = readServerName(block.contents);
      if (name !== undefined) hello.serverName = name;
    }
    if (type === extension.nextProtocols) hello.nextProtocols = readProtocols(block.contents);
  }
  return hello;
}

function readServerName(bytes: Buffer): string | undefined {
  const list = readBlock(bytes, 0, 2)?.contents;
  if (list === undefined || list[0] !== hostNameType) return undefined;
  const name = readBlock(list, 1, 2)?.contents;
  if (name === undefined || name.length === 0 || name.length > maxServerName) return undefined;
  return name.toString("latin1").toLowerCase();
}

function readProtocols(bytes: Buffer): string[] {
  const list = readBlock(bytes, 0, 2)?.contents ?? Buffer.alloc(0);
  const protocols: string[] = [];
  for (let offset = 0; offset < list.length && protocols.length < maxProtocols; ) {
    const name = readBlock(list, offset, 1);
    if (name === undefined) break;
    protocols.push(name.contents.toString("latin1"));
    offset = name.end;
  }
  return protocols;
}

function readBlock(
  bytes: Buffer,
  offset: number,
  lengthSize: number,
): { contents: Buffer; end: number } | undefined {
  const start = offset + lengthSize;
  if (start > bytes.length) return undefined;
  const end = start + bytes.readUIntBE(offset, lengthSize);
  return end > bytes.length ? undefined : { contents: bytes.subarray(start, end), end };
}
