import { connectionOf } from "./decode-network.js";
import type { Fact, TlsEndFact, TlsLinkFact, TlsTextFact } from "./fact.js";
import { header, tlsEnd, tlsLink, tlsText } from "./record-layout.js";

export function decodeTlsText(fact: Fact, record: Buffer): TlsTextFact | undefined {
  if (record.length < tlsText.data) return undefined;
  const end = tlsText.data + record.readUInt16LE(tlsText.length);
  if (end > record.length) return undefined;
  const flags = record.readUInt16LE(header.flags);
  return {
    type: "tls-text",
    ...fact,
    session: record.readBigUInt64LE(tlsText.session),
    begins: (flags & tlsText.begins) !== 0,
    isHttp2: (flags & tlsText.http2) !== 0,
    isInbound: (flags & tlsText.inbound) !== 0,
    sequence: record.readUInt32LE(tlsText.sequence),
    data: Buffer.from(record.subarray(tlsText.data, end)),
  };
}

export function decodeTlsLink(fact: Fact, record: Buffer): TlsLinkFact | undefined {
  if (record.length < tlsLink.size) return undefined;
  const session = record.readBigUInt64LE(tlsLink.session);
  return { type: "tls-link", ...fact, connection: connectionOf(record), session };
}

export function decodeTlsEnd(fact: Fact, record: Buffer): TlsEndFact | undefined {
  if (record.length < tlsEnd.size) return undefined;
  return { type: "tls-end", ...fact, session: record.readBigUInt64LE(tlsEnd.session) };
}
