import { isListedHost } from "./build-services.js";
import { channelServices } from "./dual-use/channel-services.js";
import { dropServices } from "./dual-use/drop-services.js";
import type { DualUseGroup, DualUseKind } from "./dual-use/dual-use-group.js";
import { hostingServices } from "./dual-use/hosting-services.js";
import { lookupServices } from "./dual-use/lookup-services.js";
import { publishingHosts } from "./dual-use/publishing-hosts.js";
import { type NameTable, nameTable } from "./name-table.js";

export { type DualUseKind, dualUseKinds } from "./dual-use/dual-use-group.js";

/** What a service that serves everybody can be used for by a thief. */
export interface DualUse {
  kind: DualUseKind;
  /** That in words, a sentence. */
  text: string;
  /** Which public document lists the service. */
  source: string;
}

const texts: Record<DualUseKind, string> = {
  "request-catcher": "Anybody can make an inbox there that shows what is sent to it.",
  tunnel: "Anybody can reach a machine of their own through a name there.",
  paste: "Anybody can put text there, and read it, without being known.",
  "file-drop": "Anybody can upload files there and hand on the link.",
  chat: "Anybody can have a channel there that a program posts to.",
  mail: "Anybody can send mail through it to whom they like.",
  "code-host": "Anybody can keep code and text there, and write to it through its API.",
  "object-storage": "Anybody can rent storage there.",
  "app-hosting": "Anybody can run a program there under a name of the provider's.",
  "package-registry-write": "Anybody can publish packages there.",
  "dynamic-dns": "Anybody can have a name there for any address, and move it at will.",
  "address-lookup": "It tells a program the public address of its machine and where that is.",
  "mining-pool": "It hands out work to programs that mine a currency.",
  "blockchain-rpc": "It reads and writes a public ledger, where anybody can leave instructions.",
  "dns-over-https": "It resolves names, and answers whom the machine's own resolver would not ask.",
};

/** Kinds whose names below a domain are tenants'. */
const tenantKinds: ReadonlySet<DualUseKind> = new Set([
  "object-storage",
  "app-hosting",
  "code-host",
]);

let table: NameTable<DualUse> | undefined;

/**
 * Looks up what anybody can do with the service that a host belongs to; `undefined` for hosts not known as such.
 *
 * The most specific entry counts. A provider's own host among those of tenants, which the catalogue of build services
 * lists by itself, is nobody else's: GitHub's own buckets in Azure.
 */
export function dualUseOf(host: string): DualUse | undefined {
  const match = services().find(host);
  if (match === undefined || match.name === host) return match?.value;
  return tenantKinds.has(match.value.kind) && isListedHost(host) ? undefined : match.value;
}

/** Names of all such services; most have further names below them. */
export function dualUseNames(): string[] {
  return services().names();
}

function services(): NameTable<DualUse> {
  table ??= nameTable(
    [
      ...[dropServices, channelServices, lookupServices],
      ...[publishingHosts, hostingServices],
    ].flat(),
    ({ kind, source }: DualUseGroup) => ({ kind, text: texts[kind], source }),
  );
  return table;
}
