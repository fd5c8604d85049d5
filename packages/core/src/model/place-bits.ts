import type { DualUseKind } from "../knowledge/dual-use.js";

/**
 * How much likelier attacks go to a kind of place than new calls that mean no harm do, in bits.
 *
 * Set from public histories of allowed endpoints (what jobs began to call) and public incident reports (what attacks
 * called), rounded and kept within limits; see `docs/model.md`.
 */
export const placeBits = {
  publicAddress: 6,
  metadata: 4.5,
  metadataByAgent: 0,
  cloudPlatform: 1.5,
  newDomain: 2.25,
  tenant: -0.5,
  /** Added to what the tenant of a suffix weighs if its name has a word in common with one that the job knows. */
  likeKnownTenant: -2.5,
  publicResolver: 1,
  knownHost: -1.5,
  innerAddress: -2,
  sibling: -3,
  buildService: -4,
  familyMember: -6,
};

/** The same for services where anybody can receive or publish data. */
export const dualUseBits: Record<DualUseKind, number> = {
  "request-catcher": 6,
  tunnel: 6,
  "mining-pool": 6,
  "file-drop": 5,
  paste: 4,
  "dynamic-dns": 4,
  "app-hosting": 3.5,
  "blockchain-rpc": 3,
  chat: 3,
  mail: 3,
  "dns-over-https": 2,
  "address-lookup": 1.5,
  "code-host": -1,
  "object-storage": -0.5,
  "package-registry-write": -1.5,
};

/** Added for a code host of a domain that the job calls: most jobs call several of them. */
export const knownCodeHostBits = -1;
