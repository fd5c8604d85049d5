import { describe, expect, it } from "vitest";
import { clientInitialKeys } from "../../src/parse/quic-initial-keys.js";
import { quicVersions } from "../../src/parse/quic-version.js";
import { quicVectors } from "./quic-vectors.js";
import { sealInitial } from "./seal-initial.js";

const hex = (text: string) => Buffer.from(text, "hex");
const destinationId = hex(quicVectors.destinationId);
const versions = [
  { number: 1, vectors: quicVectors.version1 },
  { number: 0x6b33_43cf, vectors: quicVectors.version2 },
];

describe("the keys of a client's Initial packets", () => {
  it.each(versions)("are the RFC's in version $number", ({ number, vectors }) => {
    const version = quicVersions.get(number);
    expect(version && clientInitialKeys(version, destinationId)).toEqual({
      key: hex(vectors.key),
      iv: hex(vectors.iv),
      headerKey: hex(vectors.headerKey),
    });
  });

  it.each(versions)("seal the RFC's own packet in version $number", ({ number, vectors }) => {
    const payload = Buffer.alloc(1_162);
    hex(quicVectors.cryptoFrame).copy(payload);
    const packet = sealInitial({
      payload,
      version: number,
      packetNumber: 2,
      packetNumberLength: 4,
    });
    expect(packet).toEqual(hex(vectors.clientPacket));
  });
});
