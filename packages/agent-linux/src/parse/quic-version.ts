/** What the versions of QUIC do each in their own way, so that old middleboxes do not come to rely on one. */
export interface QuicVersion {
  /** HKDF's salt for the keys of Initial packets. */
  initialSalt: Buffer;
  /** Starts the labels of all keys. */
  keyPrefix: string;
  /** Types of long headers. */
  types: { initial: number; retry: number };
}

/** By the number in the header: RFC 9001, 5.2 and RFC 9000, 17.2; RFC 9369, 3. */
export const quicVersions: ReadonlyMap<number, QuicVersion> = new Map([
  [
    0x0000_0001,
    {
      initialSalt: Buffer.from("38762cf7f55934b34d179ae6a4c80cadccbb7f0a", "hex"),
      keyPrefix: "quic",
      types: { initial: 0, retry: 3 },
    },
  ],
  [
    0x6b33_43cf,
    {
      initialSalt: Buffer.from("0dede3def700a6db819381be6e269dcbf9bd2ed9", "hex"),
      keyPrefix: "quicv2",
      types: { initial: 1, retry: 0 },
    },
  ],
]);
