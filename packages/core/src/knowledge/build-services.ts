import { domainParts } from "../endpoint/domain-name.js";
import type { BuildServiceGroup } from "./build-services/build-service-group.js";
import { ciAndQuality } from "./build-services/ci-and-quality.js";
import { compiledLanguages } from "./build-services/compiled-languages.js";
import { containersAndClouds } from "./build-services/containers-and-clouds.js";
import { operatingSystems } from "./build-services/operating-systems.js";
import { scriptLanguages } from "./build-services/script-languages.js";
import { trustAndBrowsers } from "./build-services/trust-and-browsers.js";
import { type NameTable, nameTable } from "./name-table.js";

/** A service that builds of the whole world call. */
export interface BuildService {
  /** What it is, in words: "npm registry". */
  name: string;
  /** Which public document lists the host. */
  source: string;
}

/** The catalogue, the tables one after the other. */
export const buildServiceGroups: readonly BuildServiceGroup[] = [
  ...[ciAndQuality, scriptLanguages, compiledLanguages],
  ...[operatingSystems, containersAndClouds, trustAndBrowsers],
].flat();

let table: NameTable<BuildService> | undefined;

function buildServiceTable(): NameTable<BuildService> {
  table ??= nameTable(buildServiceGroups, ({ name, source }: BuildServiceGroup) => ({
    name,
    source,
  }));
  return table;
}

/**
 * Looks up which service of the world's builds a host belongs to; `undefined` for others.
 *
 * That says who runs the host and not that a call to it is harmless: see {@link dualUseOf}. A name below a suffix where
 * strangers get names (`bucket.storage.googleapis.com`) is its tenant's, unless it is listed by itself.
 */
export function buildServiceOf(host: string): BuildService | undefined {
  const match = buildServiceTable().find(host);
  if (match === undefined || match.name === host) return match?.value;
  const { multiTenant, suffix = "" } = domainParts(host);
  return multiTenant && suffix.length > match.name.length ? undefined : match.value;
}

/** Whether the catalogue lists a host by itself, and not only the domain that it lies below. */
export function isListedHost(host: string): boolean {
  return buildServiceTable().find(host)?.name === host;
}
