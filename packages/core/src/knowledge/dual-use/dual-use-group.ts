import type { NamedGroup } from "../name-table.js";

/**
 * What anybody can do with a service.
 *
 * - `request-catcher`: make an inbox that shows whatever is sent to it, by HTTP, by mail, or by asking for a name.
 * - `tunnel`: reach a machine anywhere through a name of the service.
 * - `paste`: put text where anybody can read it.
 * - `file-drop`: upload files without being known.
 * - `chat`: post messages to a channel of one's own.
 * - `mail`: send mail to whom one likes.
 * - `code-host`: make repositories, gists, issues, and read what others put there.
 * - `object-storage`: rent a bucket, or a drive.
 * - `app-hosting`: run a program under a name of the provider's; sites that only hand out files are not meant.
 * - `package-registry-write`: publish packages; most jobs only read from it.
 * - `dynamic-dns`: have a name for any address.
 * - `address-lookup`: learn one's own public address and place.
 * - `mining-pool`: mine a currency.
 * - `blockchain-rpc`: read instructions from a public ledger that nobody can take down.
 * - `dns-over-https`: ask for names past the resolver that the job's machine is told to use.
 */
export const dualUseKinds = [
  "request-catcher",
  "tunnel",
  "paste",
  "file-drop",
  "chat",
  "mail",
  "code-host",
  "object-storage",
  "app-hosting",
  "package-registry-write",
  "dynamic-dns",
  "address-lookup",
  "mining-pool",
  "blockchain-rpc",
  "dns-over-https",
] as const;
export type DualUseKind = (typeof dualUseKinds)[number];

export interface DualUseGroup extends NamedGroup {
  kind: DualUseKind;
  /** Which public document says so. */
  source: string;
}
