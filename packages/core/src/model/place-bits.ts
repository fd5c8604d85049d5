import type { DualUseKind } from "../knowledge/dual-use.js";

/**
 * How much likelier attacks go to a kind of place than new calls that mean no harm do, in bits.
 *
 * Set from public histories of allowed endpoints (what jobs began to call) and public incident reports (what attacks
 * called), rounded and kept within limits; see `docs/model.md`.
 */
export const placeBits = {
  metadata: 3,
  publicAddress: 5,
  publicResolver: 1,
  innerAddress: -2,
  familyMember: -6,
  knownHost: -2,
  sibling: -3.5,
  buildService: -2,
  tenant: 0,
  /** Added to what the tenant of a suffix weighs if its name has a word in common with one that the job knows. */
  likeKnownTenant: -2,
  unknownDomain: 0.5,
};

/** The same for services where anybody can receive or publish data. */
export const dualUseBits: Record<DualUseKind, number> = {
  "request-catcher": 6,
  tunnel: 6,
  "mining-pool": 6,
  "file-drop": 5,
  paste: 4,
  "dynamic-dns": 4,
  chat: 3,
  "blockchain-rpc": 3,
  "dns-over-https": 2,
  "address-lookup": 2,
  mail: 3,
  "code-host": 1.5,
  "app-hosting": 2.5,
  "object-storage": 0.5,
  "package-registry-write": 1,
};
