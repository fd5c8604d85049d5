import { describe, expect, it } from "vitest";
import { decodeRecord } from "../../src/decode/decode-record.js";
import { recordType, tlsEnd, tlsLink, tlsText } from "../../src/decode/record-layout.js";

function record(type: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  bytes.writeUInt16LE(type, 0);
  return bytes;
}

describe("records of TLS libraries", () => {
  it("carry what was given to encrypt, without the room that is left", () => {
    const bytes = record(recordType.tlsText, tlsText.data + 256);
    bytes.writeUInt16LE(tlsText.begins | tlsText.http2, 2);
    bytes.writeBigUInt64LE(0x7f00_0000_1000n, tlsText.session);
    bytes.writeUInt32LE(24, tlsText.sequence);
    bytes.writeUInt16LE(3, tlsText.length);
    bytes.write("PRI", tlsText.data);
    expect(decodeRecord(bytes)).toMatchObject({
      ...{ type: "tls-text", session: 0x7f00_0000_1000n, sequence: 24 },
      ...{ begins: true, isHttp2: true, isInbound: false, data: Buffer.from("PRI") },
    });
  });

  it("carry the connection of a session, and its end", () => {
    const link = record(recordType.tlsLink, tlsLink.size);
    link.writeBigUInt64LE(7n, 48);
    link.writeUInt32LE(2, 56);
    link.writeBigUInt64LE(8n, tlsLink.session);
    const connection = { cookie: 7, generation: 2 };
    expect(decodeRecord(link)).toMatchObject({ type: "tls-link", session: 8n, connection });
    const end = record(recordType.tlsEnd, tlsEnd.size);
    end.writeBigUInt64LE(8n, tlsEnd.session);
    expect(decodeRecord(end)).toMatchObject({ type: "tls-end", session: 8n });
  });

  it("are refused when they are cut, or say more than they hold", () => {
    const text = record(recordType.tlsText, tlsText.data + 8);
    text.writeUInt16LE(9, tlsText.length);
    expect(decodeRecord(text)).toBeUndefined();
    for (const { type, size } of [
      { type: recordType.tlsText, size: tlsText.data },
      { type: recordType.tlsLink, size: tlsLink.size },
      { type: recordType.tlsEnd, size: tlsEnd.size },
    ]) {
      expect(decodeRecord(record(type, size - 1))).toBeUndefined();
    }
  });
});
